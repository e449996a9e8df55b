import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useId, useRef, useState } from 'react';
import { emptyCard } from '#shared/domain/cards/card';
import type { QuickReplyBody, Variant } from '#shared/domain/quick-replies/quick-reply';
import { VARIABLE_NAMES, VARIABLES, type Variable } from '#shared/domain/quick-replies/variables';
import { MAX_TEXT_BYTES } from '#shared/domain/media-limits';
import { lengthIn } from '#shared/domain/cards/check-card';
import type { StagedPicture } from '#shared/ipc/card-models';
import { call } from '../../../../api';
import { useTexts } from '../../../../i18n/texts';
import { GrowingTextArea } from '../../../../ui/growing-text-area';
import { useToast } from '../../../../ui/toast';
import { CardFields } from '../insert/card-fields';
import { ChooseFile } from '../insert/choose-file';
import { Field } from '../insert/text-field';
import insertStyles from '../insert/insert.module.css';
import styles from './quick-replies.module.css';
import { quickReplyTexts } from './texts';

const TEXT_LIMIT = { max: MAX_TEXT_BYTES, unit: 'bytes' } as const;

export function emptyBody(kind: QuickReplyBody['kind']): QuickReplyBody {
  if (kind === 'text') return { kind, text: '' };
  return kind === 'image' ? { kind, pictureId: '' } : emptyCard(kind);
}

/** What a reply says in one language. */
export function BodyFields(props: {
  readonly body: QuickReplyBody;
  readonly variant: Variant;
  readonly pressed: boolean;
  readonly error: string | undefined;
  readonly urlOf: (pictureId: string) => string | null;
  readonly onChange: (body: QuickReplyBody, picture?: StagedPicture | null) => void;
}) {
  const { body, onChange } = props;
  const t = useTexts(quickReplyTexts);
  switch (body.kind) {
    case 'text':
      return (
        <TextBody
          text={body.text}
          variant={props.variant}
          error={props.error}
          onChange={(text) => onChange({ kind: 'text', text })}
        />
      );
    case 'image':
      return <ImageBody url={props.urlOf(body.pictureId)} error={props.error} onChange={onChange} />;
    case 'article':
      return <p className={styles['unknown']}>{t('articleOnly')}</p>;
    default:
      return (
        <CardFields
          card={body}
          pictureUrl={'pictureId' in body ? props.urlOf(body.pictureId) : null}
          appid={null}
          pressed={props.pressed}
          stage={(picture) => call('quickReplies.stagePicture', picture)}
          onChange={onChange}
        />
      );
  }
}

function TextBody(props: {
  readonly text: string;
  readonly variant: Variant;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}) {
  const t = useTexts(quickReplyTexts);
  const id = useId();
  const field = useRef<TextAreaRef>(null);
  const insert = (variable: Variable): void => {
    const area = field.current?.resizableTextArea?.textArea;
    if (!area) return;
    area.focus();
    // The browser's own way, so that Ctrl-Z takes it back.
    document.execCommand('insertText', false, `{${VARIABLE_NAMES[variable][props.variant]}}`);
  };
  const used = lengthIn(props.text, TEXT_LIMIT);
  return (
    <Field
      label={t('text')}
      hint={t('textHint')}
      error={props.error}
      htmlFor={id}
      counter={used > TEXT_LIMIT.max / 2 ? <span className="num">{`${used}/${TEXT_LIMIT.max}`}</span> : null}
    >
      <GrowingTextArea
        id={id}
        ref={field}
        className={styles['text'] ?? ''}
        value={props.text}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <div className={styles['variables']} role="group" aria-label={t('insertVariable')}>
        {VARIABLES.map((variable) => (
          <button
            key={variable}
            type="button"
            className={styles['variable']}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => insert(variable)}
          >
            {`{${VARIABLE_NAMES[variable][props.variant]}}`}
          </button>
        ))}
      </div>
    </Field>
  );
}

function ImageBody(props: {
  readonly url: string | null;
  readonly error: string | undefined;
  readonly onChange: (body: QuickReplyBody, picture: StagedPicture) => void;
}) {
  const t = useTexts(quickReplyTexts);
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const take = async (chosen: File): Promise<void> => {
    setBusy(true);
    try {
      const bytes = new Uint8Array(await chosen.arrayBuffer());
      const name = chosen.name.slice(-200);
      const picture = await call('quickReplies.stagePicture', { name, use: 'image', bytes });
      props.onChange({ kind: 'image', pictureId: picture.pictureId }, picture);
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Field label={t('image')} hint={t('imageHint')} error={props.error}>
      <div className={insertStyles['pictureLine']}>
        <ChooseFile
          words={t('chooseImage')}
          label={t('chooseImage')}
          accept="image/jpeg,image/png,image/gif"
          disabled={busy}
          onFile={(chosen) => void take(chosen)}
        />
      </div>
    </Field>
  );
}
