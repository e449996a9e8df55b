import { useMemo } from 'react';
import { identicon } from '#shared/domain/follower-identity';
import styles from './ui.module.css';

const SIDE = 5;
const MARGIN = 2;
/** As many as account colours in the tokens. */
const COLOURS = 8;

/** A stable picture for a person whose face WeChat does not give; decoration next to a name. */
export function Avatar(props: { readonly openid: string; readonly size: number }) {
  const { hue, shape } = useMemo(() => drawing(props.openid), [props.openid]);
  const fill = `var(--account-${hue % COLOURS})`;
  return (
    <span className={styles['avatar']} style={{ width: props.size, height: props.size }} aria-hidden>
      <svg width={props.size} height={props.size} viewBox="0 0 9 9" shapeRendering="crispEdges" fill={fill}>
        <path d="M0 0h9v9H0z" opacity="0.16" />
        <path d={shape} />
      </svg>
    </span>
  );
}

/** All cells as one shape: a chat shows dozens of pictures, and each element of them has its price. */
function drawing(openid: string): { readonly hue: number; readonly shape: string } {
  const { hue, cells } = identicon(openid);
  const squares = cells.flatMap((on, index) =>
    on ? `M${MARGIN + (index % SIDE)} ${MARGIN + Math.floor(index / SIDE)}h1v1h-1z` : [],
  );
  return { hue, shape: squares.join('') };
}

/** The colour of an account, as a dot next to its name. */
export function AccountDot(props: { readonly colour: number; readonly size?: number }) {
  const size = props.size ?? 8;
  return (
    <span
      className={styles['dot']}
      style={{ width: size, height: size, background: `var(--account-${props.colour})` }}
      aria-hidden
    />
  );
}
