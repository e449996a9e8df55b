import Input, { type TextAreaProps } from 'antd/es/input';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import type { Ref } from 'react';
import styles from './ui.module.css';

/**
 * A text area as tall as its text, within the class's min-height and max-height. The component library's own
 * `autoSize` writes style attributes as markup, which the content security policy refuses; the browser can do it.
 */
export function GrowingTextArea(
  props: Omit<TextAreaProps, 'autoSize'> & { readonly ref?: Ref<TextAreaRef> },
) {
  return <Input.TextArea {...props} rows={1} className={`${styles['growing']} ${props.className ?? ''}`} />;
}
