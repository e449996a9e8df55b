import Input, { type InputRef } from 'antd/es/input';
import { useEffect, useRef, useState, type Ref } from 'react';
import { Icon } from './icon';
import styles from './ui.module.css';

const PAUSE_MS = 180;

/** A search box that speaks after a pause, and never in the middle of a Chinese word that is being composed. */
export function SearchInput(props: {
  readonly value: string;
  readonly label: string;
  readonly onSearch: (text: string) => void;
  readonly className?: string | undefined;
  readonly handle?: Ref<InputRef>;
}) {
  const { value, onSearch } = props;
  const [text, setText] = useState(value);
  const composing = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [seen, setSeen] = useState(value);
  // A search cleared from outside empties the box.
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const say = (next: string, pause: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next), pause);
  };
  return (
    <Input
      ref={props.handle ?? null}
      type="search"
      className={props.className ?? ''}
      prefix={
        <span className={styles['searchIcon']}>
          <Icon name="search" size={16} />
        </span>
      }
      placeholder={props.label}
      aria-label={props.label}
      allowClear
      maxLength={100}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (!composing.current) say(event.target.value, event.target.value === '' ? 0 : PAUSE_MS);
      }}
      onCompositionStart={() => {
        composing.current = true;
      }}
      onCompositionEnd={(event) => {
        composing.current = false;
        say(event.currentTarget.value, PAUSE_MS);
      }}
    />
  );
}
