import Button from 'antd/es/button';
import Tooltip from 'antd/es/tooltip';
import type { IconName } from './icon';
import { Icon } from './icon';

/** A quiet button of one icon; its label is its tooltip. */
export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}) {
  return (
    <Tooltip title={props.label} mouseEnterDelay={0.5}>
      <Button
        type="text"
        aria-label={props.label}
        {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
        disabled={props.disabled ?? false}
        icon={<Icon name={props.icon} size={18} />}
        onClick={props.onClick}
      />
    </Tooltip>
  );
}
