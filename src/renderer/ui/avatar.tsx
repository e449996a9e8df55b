import { useMemo } from 'react';
import { identicon } from '#shared/domain/follower-identity';
import styles from './ui.module.css';

const SIDE = 5;
const MARGIN = 2;
/** As many as account colours in the tokens. */
const COLOURS = 8;

/** A stable picture for a person whose face WeChat does not give; decoration next to a name. */
export function Avatar(props: { readonly openid: string; readonly size: number }) {
  const { hue, cells } = useMemo(() => identicon(props.openid), [props.openid]);
  const fill = `var(--account-${hue % COLOURS})`;
  return (
    <span className={styles['avatar']} style={{ width: props.size, height: props.size }} aria-hidden>
      <svg width={props.size} height={props.size} viewBox="0 0 9 9" shapeRendering="crispEdges">
        <rect width="9" height="9" fill={fill} opacity="0.16" />
        {cells.map((on, index) =>
          on ? (
            <rect
              key={index}
              x={MARGIN + (index % SIDE)}
              y={MARGIN + Math.floor(index / SIDE)}
              width="1"
              height="1"
              fill={fill}
            />
          ) : null,
        )}
      </svg>
    </span>
  );
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
