import Button from 'antd/es/button';
import type { IconName } from './icon';
import { Icon } from './icon';

/**
 * A quiet button of one icon; its label is its tooltip. The system draws that: a tooltip of the component library costs more than
 * its button, and a conversation has some twenty of them.
 */
export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}) {
  return (
    <Button
      type="text"
      title={props.label}
      aria-label={props.label}
      {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
      disabled={props.disabled ?? false}
      icon={<Icon name={props.icon} size={18} />}
      onClick={props.onClick}
    />
  );
}
