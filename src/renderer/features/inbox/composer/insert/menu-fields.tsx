import Button from 'antd/es/button';
import Input, { type InputRef } from 'antd/es/input';
import { useRef, useState, type KeyboardEvent } from 'react';
import { newMenuItem, type MenuCard, type MenuItem } from '#shared/domain/cards/card';
import { CARD_LIMITS, MAX_MENU_ITEMS } from '#shared/domain/cards/card-limits';
import { lengthIn, menuBytes } from '#shared/domain/cards/check-card';
import { useTexts } from '../../../../i18n/texts';
import { IconButton } from '../../../../ui/icon-button';
import { Icon } from '../../../../ui/icon';
import styles from './insert.module.css';
import { movedItem } from './moved-item';
import { Field, TextField } from './text-field';
import { insertTexts } from './texts';

/** Head, options in their order, tail. */
export function MenuFields(props: {
  readonly card: MenuCard;
  readonly autoFocus: boolean;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (card: MenuCard) => void;
}) {
  const { card, onChange, errorOf } = props;
  const t = useTexts(insertTexts);
  const used = menuBytes(card);
  const limit = CARD_LIMITS.menuText;
  return (
    <>
      <TextField
        label={t('head')}
        hint={t('headHint')}
        value={card.head}
        limit={null}
        multiline
        autoFocus={props.autoFocus}
        error={errorOf('head')}
        onChange={(head) => onChange({ ...card, head })}
      />
      <Options items={card.items} errorOf={errorOf} onChange={(items) => onChange({ ...card, items })} />
      <TextField
        label={t('tail')}
        hint={t('tailHint')}
        optional
        value={card.tail}
        limit={null}
        multiline
        onChange={(tail) => onChange({ ...card, tail })}
      />
      <p className={styles['note']} data-error={errorOf('whole') !== undefined || undefined}>
        <span className="num">{errorOf('whole') ?? t('wholeBytes', { used, max: limit.max })}</span>
      </p>
      <p className={styles['rule']}>
        <Icon name="info" size={14} />
        {t('tapNote')}
      </p>
    </>
  );
}

function Options(props: {
  readonly items: readonly MenuItem[];
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (items: readonly MenuItem[]) => void;
}) {
  const { items, onChange } = props;
  const t = useTexts(insertTexts);
  const [dragged, setDragged] = useState<string | null>(null);
  const fields = useRef(new Map<string, InputRef>());
  const full = items.length >= MAX_MENU_ITEMS;

  const focus = (id: string): void => {
    // The field of a new option is there after the next drawing.
    requestAnimationFrame(() => fields.current.get(id)?.focus());
  };
  const add = (): void => {
    const item = newMenuItem(items);
    onChange([...items, item]);
    focus(item.id);
  };
  const move = (id: string, to: number): void => {
    onChange(movedItem(items, id, to));
    focus(id);
  };
  const onKeyDown = (event: KeyboardEvent, index: number): void => {
    const item = items[index];
    if (!item || event.nativeEvent.isComposing) return;
    if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      move(item.id, index + (event.key === 'ArrowUp' ? -1 : 1));
    } else if (event.key === 'Enter' && index === items.length - 1 && !full) {
      event.preventDefault();
      add();
    }
  };
  return (
    <Field
      label={t('options')}
      error={props.errorOf('items')}
      counter={<span className="num">{`${items.length}/${MAX_MENU_ITEMS}`}</span>}
    >
      <ol className={styles['optionList']}>
        {items.map((item, index) => {
          const error = props.errorOf(`item:${item.id}`);
          return (
            <li
              key={item.id}
              className={styles['optionRow']}
              data-dragged={dragged === item.id || undefined}
              onDragOver={(event) => {
                if (dragged === null) return;
                event.preventDefault();
                if (dragged !== item.id) onChange(movedItem(items, dragged, index));
              }}
              onDrop={(event) => event.preventDefault()}
            >
              <span
                className={styles['grip']}
                draggable
                title={t('dragOption')}
                onDragStart={(event) => {
                  event.dataTransfer.effectAllowed = 'move';
                  setDragged(item.id);
                }}
                onDragEnd={() => setDragged(null)}
              >
                <Icon name="grip" size={16} />
              </span>
              <div className={styles['optionWords']}>
                <Input
                  ref={(field) => {
                    if (field) fields.current.set(item.id, field);
                    else fields.current.delete(item.id);
                  }}
                  aria-label={t('option', { n: index + 1 })}
                  aria-invalid={error !== undefined}
                  {...(error === undefined ? {} : { status: 'error' as const })}
                  placeholder={t('option', { n: index + 1 })}
                  value={item.content}
                  onKeyDown={(event) => onKeyDown(event, index)}
                  onChange={(event) =>
                    onChange(
                      items.map((other) =>
                        other.id === item.id ? { ...other, content: event.target.value } : other,
                      ),
                    )
                  }
                />
                {error === undefined ? null : (
                  <p className={styles['note']} data-error role="alert">
                    {error}
                  </p>
                )}
              </div>
              <OptionBytes text={item.content} />
              <IconButton
                icon="arrowUp"
                label={t('moveUp')}
                disabled={index === 0}
                onClick={() => move(item.id, index - 1)}
              />
              <IconButton
                icon="arrowDown"
                label={t('moveDown')}
                disabled={index === items.length - 1}
                onClick={() => move(item.id, index + 1)}
              />
              <IconButton
                icon="trash"
                label={t('removeOption', { n: index + 1 })}
                disabled={items.length === 1}
                onClick={() => onChange(items.filter((other) => other.id !== item.id))}
              />
            </li>
          );
        })}
      </ol>
      <Button size="small" disabled={full} icon={<Icon name="plus" size={14} />} onClick={add}>
        {full ? t('optionsFull', { max: MAX_MENU_ITEMS }) : t('addOption')}
      </Button>
    </Field>
  );
}

function OptionBytes({ text }: { readonly text: string }) {
  const t = useTexts(insertTexts);
  const limit = CARD_LIMITS.menuItem;
  const used = lengthIn(text, limit);
  if (used < limit.max / 2) return null;
  return (
    <span className={`${styles['counter']} num`} data-over={used > limit.max || undefined}>
      {t('counterBytes', { used, max: limit.max })}
    </span>
  );
}
