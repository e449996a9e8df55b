import { useMemo } from 'react';
import { identicon } from './identity';
import styles from './ui.module.css';

/** A stable picture for a person whose face WeChat does not give; decoration next to a name. */
export function Avatar(props: { readonly openid: string; readonly size: number }) {
  const { colour, cells } = useMemo(() => identicon(props.openid), [props.openid]);
  const fill = `var(--account-${colour})`;
  return (
    <span className={styles['avatar']} style={{ width: props.size, height: props.size }} aria-hidden>
      <svg width={props.size} height={props.size} viewBox="0 0 9 9" shapeRendering="crispEdges">
        <rect width="9" height="9" fill={fill} opacity="0.16" />
        {cells.flatMap((on, index) => {
          if (!on) return [];
          const column = Math.floor(index / 5);
          const y = 2 + (index % 5);
          const xs = column === 2 ? [4] : [2 + column, 6 - column];
          return xs.map((x) => <rect key={`${x}-${y}`} x={x} y={y} width="1" height="1" fill={fill} />);
        })}
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
