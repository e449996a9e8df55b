import Button from 'antd/es/button';
import { useRef } from 'react';

/** A button that asks for one file. The same file can be chosen again. */
export function ChooseFile(props: {
  readonly words: string;
  /** Names the field that takes the file. */
  readonly label: string;
  readonly accept: string;
  readonly disabled: boolean;
  readonly onFile: (file: File) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button disabled={props.disabled} onClick={() => field.current?.click()}>
        {props.words}
      </Button>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={props.label}
        accept={props.accept}
        onChange={(event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen) props.onFile(chosen);
          event.target.value = '';
        }}
      />
    </>
  );
}
