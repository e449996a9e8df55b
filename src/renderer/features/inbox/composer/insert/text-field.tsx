import Input from 'antd/es/input';
import { useId, type ReactNode } from 'react';
import type { FieldLimit } from '#shared/domain/cards/card-limits';
import { lengthIn } from '#shared/domain/cards/check-card';
import { useTexts } from '../../../../i18n/texts';
import { GrowingTextArea } from '../../../../ui/growing-text-area';
import styles from './insert.module.css';
import { insertTexts } from './texts';

/** From this share of the limit on the counter is shown without being asked. */
const NEAR = 0.5;

/** A label, its field, and below it what is wrong or what belongs there; the counter speaks WeChat's unit. */
export function Field(props: {
  readonly label: string;
  readonly optional?: boolean;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly counter?: ReactNode;
  readonly htmlFor?: string;
  readonly noteId?: string;
  readonly children: ReactNode;
}) {
  const t = useTexts(insertTexts);
  const note = props.error ?? props.hint;
  return (
    <div className={styles['field']}>
      <div className={styles['labelLine']}>
        <label htmlFor={props.htmlFor}>{props.label}</label>
        {props.optional ? <span className={styles['optional']}>{t('optional')}</span> : null}
        <span className={styles['counter']}>{props.counter}</span>
      </div>
      {props.children}
      {note ? (
        <p
          id={props.noteId}
          className={styles['note']}
          data-error={props.error !== undefined || undefined}
          {...(props.error === undefined ? {} : { role: 'alert' })}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}

export function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly limit: FieldLimit | null;
  readonly optional?: boolean;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly multiline?: boolean;
  readonly mono?: boolean;
  readonly autoFocus?: boolean;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}) {
  const id = useId();
  const noteId = useId();
  const wrong = props.error !== undefined;
  const shared = {
    id,
    value: props.value,
    autoFocus: props.autoFocus ?? false,
    placeholder: props.placeholder ?? '',
    'aria-invalid': wrong,
    'aria-describedby': noteId,
    ...(wrong ? { status: 'error' as const } : {}),
  };
  return (
    <Field
      label={props.label}
      optional={props.optional ?? false}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      error={props.error}
      counter={props.limit === null ? null : <Counter text={props.value} limit={props.limit} />}
      htmlFor={id}
      noteId={noteId}
    >
      {props.multiline ? (
        <GrowingTextArea
          {...shared}
          className={styles['area'] ?? ''}
          onChange={(event) => props.onChange(event.target.value)}
        />
      ) : (
        <Input
          {...shared}
          className={props.mono ? 'mono' : ''}
          spellCheck={!props.mono}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

function Counter({ text, limit }: { readonly text: string; readonly limit: FieldLimit }) {
  const t = useTexts(insertTexts);
  const used = lengthIn(text, limit);
  if (used < limit.max * NEAR) return null;
  const values = { used, max: limit.max };
  return (
    <span className="num" data-over={used > limit.max || undefined}>
      {limit.unit === 'bytes' ? t('counterBytes', values) : t('counterCharacters', values)}
    </span>
  );
}
