import Button from 'antd/es/button';
import { useState } from 'react';
import type { AppErrorData } from '#shared/app-error';
import type { StagedPicture } from '#shared/ipc/card-models';
import type { Input } from '#shared/ipc/contract';
import { useLocale } from '../../../../i18n/i18n';
import { useTexts } from '../../../../i18n/texts';
import { toAppErrorData } from '../../../../ui/errors';
import { explainError } from '../../../../ui/explain-error';
import { Icon } from '../../../../ui/icon';
import { ChooseFile } from './choose-file';
import styles from './insert.module.css';
import { scalePicture, purposeOf, type PictureKind } from './scale-picture';
import { Field } from './text-field';
import { insertTexts } from './texts';

/** Hands a prepared picture to main. */
export type StagePicture = (picture: Input<'quickReplies.stagePicture'>) => Promise<StagedPicture>;

type Trouble = { readonly why: 'unreadable' | 'too-large' } | { readonly error: AppErrorData };

/** Chooses a picture, cuts and compresses it, and shows it. */
export function PictureField(props: {
  readonly kind: PictureKind;
  /** Where the chosen picture can be seen; null: none is chosen. */
  readonly url: string | null;
  /** One was chosen, and is not on this computer any more. */
  readonly gone?: boolean;
  readonly hint: string;
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly stage: StagePicture;
  readonly onChange: (picture: StagedPicture | null) => void;
}) {
  const t = useTexts(insertTexts);
  const locale = useLocale();
  const [working, setWorking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const take = async (chosen: File): Promise<void> => {
    setTrouble(null);
    setWorking(true);
    try {
      const scaled = await scalePicture(chosen, props.kind);
      if (!scaled.ok) setTrouble({ why: scaled.why });
      else {
        const use = purposeOf(props.kind);
        props.onChange(await props.stage({ name: chosen.name.slice(-200), use, bytes: scaled.bytes }));
      }
    } catch (error) {
      setTrouble({ error: toAppErrorData(error) });
    } finally {
      setWorking(false);
    }
  };
  const words =
    trouble === null
      ? props.error
      : 'error' in trouble
        ? explainError(trouble.error, locale).title
        : t(trouble.why === 'unreadable' ? 'pictureUnreadable' : 'pictureTooLarge');
  return (
    <Field label={t('picture')} hint={props.hint} error={words} optional={props.optional ?? false}>
      <div className={styles['pictureLine']}>
        <span className={styles['thumb']} data-kind={props.kind}>
          {props.url === null ? <Icon name="image" size={20} /> : <img src={props.url} alt={t('picture')} />}
        </span>
        <ChooseFile
          words={working ? t('pictureWorking') : t(props.url === null ? 'choosePicture' : 'changePicture')}
          label={t('choosePicture')}
          accept="image/jpeg,image/png,image/gif,image/webp,image/bmp"
          disabled={working}
          onFile={(chosen) => void take(chosen)}
        />
        {props.url === null ? null : (
          <Button
            type="text"
            aria-label={t('removePicture')}
            icon={<Icon name="trash" size={16} />}
            onClick={() => {
              setTrouble(null);
              props.onChange(null);
            }}
          />
        )}
      </div>
      {props.gone && props.url === null ? (
        <p className={styles['gone']} role="status">
          <Icon name="warning" size={14} />
          {t('pictureGone')}
        </p>
      ) : null}
    </Field>
  );
}
