import type { IconName } from './icon';
import { Icon } from './icon';
import styles from './ui.module.css';

/**
 * A quiet button of one icon; its label is its tooltip, drawn by the system. A plain element: the component library's button costs
 * ten times as much to draw, and a conversation has some twenty of them.
 */
export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}) {
  return (
    <button
      type="button"
      className={styles['iconButton']}
      title={props.label}
      aria-label={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled ?? false}
      onClick={props.onClick}
    >
      <Icon name={props.icon} size={18} />
    </button>
  );
}
