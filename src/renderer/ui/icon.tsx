/** The one icon set: 20 px, 1.6 px strokes, drawn in the text colour. */
import type { ReactNode } from 'react';

const SHAPES = {
  inbox: (
    <path d="M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H9.5L6 17.5v-3H4A1.5 1.5 0 0 1 2.5 13V6A1.5 1.5 0 0 1 4 4.5Z" />
  ),
  reports: <path d="M3.5 16.5h13M5.5 13.5v-4M10 13.5v-9M14.5 13.5V7.5" />,
  followers: (
    <>
      <circle cx="7.5" cy="7" r="2.8" />
      <path d="M2 16.5c.3-3 2.4-4.8 5.5-4.8s5.2 1.8 5.5 4.8M13 4.5a2.6 2.6 0 0 1 0 5M14.8 12.1c1.9.6 3 2.1 3.2 4.4" />
    </>
  ),
  accounts: (
    <>
      <path d="M3 8.5V16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V8.5M2.5 6.5 4 3h12l1.5 3.5a2.5 2.5 0 0 1-5 0 2.5 2.5 0 0 1-5 0 2.5 2.5 0 0 1-5 0Z" />
      <path d="M8 17v-4h4v4" />
    </>
  ),
  help: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M7.7 7.8a2.3 2.3 0 1 1 3.4 2c-.7.4-1.1.9-1.1 1.7M10 14.1v.1" />
    </>
  ),
  settings: (
    <>
      <path d="M3 6h8M15 6h2M3 14h2M9 14h8" />
      <circle cx="13" cy="6" r="2" />
      <circle cx="7" cy="14" r="2" />
    </>
  ),
  search: (
    <>
      <circle cx="8.8" cy="8.8" r="5.3" />
      <path d="m12.8 12.8 4 4" />
    </>
  ),
  close: <path d="m5 5 10 10M15 5 5 15" />,
  quote: (
    <path d="M4 14.5V9.5C4 7 5.5 5.5 8 5M4 10.5h4.5v4H4M11.5 14.5V9.5c0-2.5 1.5-4 4-4.5M11.5 10.5H16v4h-4.5" />
  ),
  save: <path d="M10 3v9.5M6 9l4 4 4-4M3.5 14v2a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-2" />,
  fit: (
    <path d="M3.5 7V4.5a1 1 0 0 1 1-1H7M13 3.5h2.5a1 1 0 0 1 1 1V7M16.5 13v2.5a1 1 0 0 1-1 1H13M7 16.5H4.5a1 1 0 0 1-1-1V13" />
  ),
  actual: <path d="M5 7.5 7 6v8M13 7.5 15 6v8M10 8.5v.1M10 12v.1" />,
  check: <path d="m4 10.5 4 4 8-9" />,
  copy: (
    <>
      <rect x="7" y="7" width="10" height="10" rx="1.5" />
      <path d="M13 7V4.5A1.5 1.5 0 0 0 11.5 3h-7A1.5 1.5 0 0 0 3 4.5v7A1.5 1.5 0 0 0 4.5 13H7" />
    </>
  ),
  minus: <path d="M4.5 10h11" />,
  plus: <path d="M10 4v12M4 10h12" />,
  more: (
    <>
      <circle cx="4.5" cy="10" r=".6" />
      <circle cx="10" cy="10" r=".6" />
      <circle cx="15.5" cy="10" r=".6" />
    </>
  ),
  chevronDown: <path d="m5.5 8 4.5 4.5L14.5 8" />,
  chevronRight: <path d="m8 5.5 4.5 4.5L8 14.5" />,
  chevronLeft: <path d="M12 5.5 7.5 10l4.5 4.5" />,
  arrowUp: <path d="M10 16V4.5M5.5 9 10 4.5 14.5 9" />,
  arrowDown: <path d="M10 4v11.5M5.5 11l4.5 4.5 4.5-4.5" />,
  clock: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6v4.2l2.8 1.8" />
    </>
  ),
  lock: (
    <>
      <rect x="4" y="9" width="12" height="8" rx="1.5" />
      <path d="M6.8 9V6.5a3.2 3.2 0 0 1 6.4 0V9" />
    </>
  ),
  warning: <path d="M10 3 2.5 16.5h15L10 3ZM10 8v4M10 14.2v.1" />,
  error: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 6.2v4.6M10 13.6v.1" />
    </>
  ),
  info: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 9.2v4.5M10 6.4v.1" />
    </>
  ),
  star: <path d="m10 3 2.2 4.5 4.9.7-3.5 3.5.8 4.9L10 14.3l-4.4 2.3.8-4.9L2.9 8.2l4.9-.7L10 3Z" />,
  pin: <path d="M7.5 3h5l-.8 5.2 2.8 2.3v1.5h-9v-1.5l2.8-2.3L7.5 3ZM10 12v5" />,
  mute: (
    <path d="M6.2 6.6A4 4 0 0 0 6 8v3.5L4.5 14h9.8M8.3 4.3A4 4 0 0 1 14 8v3.2M8.5 16.5a1.6 1.6 0 0 0 3 0M3 3l14 14" />
  ),
  snooze: (
    <>
      <circle cx="10" cy="11" r="6" />
      <path d="M8.3 9h3.4l-3.4 4h3.4M3 5.5 5.5 3M17 5.5 14.5 3" />
    </>
  ),
  image: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="1.5" />
      <circle cx="7.2" cy="8" r="1.3" />
      <path d="m3.5 14.5 4.5-4 3 2.5 2.5-2 3 2.8" />
    </>
  ),
  automatic: <path d="M11.2 2.5 4.5 11.4h4.7l-.9 6.1 7.2-9.3h-4.9l.6-5.7Z" />,
  send: <path d="M17 3 9 11M17 3l-5 14-3-6-6-3 14-5Z" />,
  refresh: <path d="M16 10a6 6 0 1 1-1.8-4.3M16 3v3.5h-3.5" />,
  pause: <path d="M7 4.5v11M13 4.5v11" />,
  play: <path d="M6.5 4.5v11l9-5.5-9-5.5Z" />,
  offline: (
    <path d="M3 3l14 14M8 5.2A9.5 9.5 0 0 1 18 8M2 8a10 10 0 0 1 3.2-2M5 11.2a7 7 0 0 1 3.2-1.7M12.8 10.2c.8.3 1.5.7 2.2 1.2M10 15.5v.1" />
  ),
  online: (
    <path d="M2 8a11.5 11.5 0 0 1 16 0M5 11.3a7.2 7.2 0 0 1 10 0M7.7 14a3.5 3.5 0 0 1 4.6 0M10 16.5v.1" />
  ),
  tag: (
    <>
      <path d="M3 3.5h6.5L17 11l-6 6-7.5-7.5L3 3.5Z" />
      <circle cx="6.8" cy="7" r=".8" />
    </>
  ),
  edit: <path d="M3.5 16.5v-3l9-9 3 3-9 9h-3ZM10.5 6.5l3 3" />,
  external: (
    <path d="M11.5 3.5h5v5M16.5 3.5l-7 7M8 4.5H4.5A1 1 0 0 0 3.5 5.5v10a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1V12" />
  ),
  keyboard: (
    <>
      <rect x="2.5" y="5" width="15" height="10" rx="1.5" />
      <path d="M5.5 8.2h.1M8.5 8.2h.1M11.5 8.2h.1M14.5 8.2h.1M7 12h6" />
    </>
  ),
  panel: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="1.5" />
      <path d="M12.5 4v12" />
    </>
  ),
  qr: (
    <path d="M3.5 3.5h5v5h-5zM11.5 3.5h5v5h-5zM3.5 11.5h5v5h-5zM11.5 11.5v2M14 14h2.5M16.5 11.5v.1M11.5 16.5h2.5M16.5 16.5v.1" />
  ),
  menu: <path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13" />,
  file: <path d="M5 2.5h6.5L16 7v9.5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1ZM11.5 2.5V7H16" />,
  location: (
    <>
      <path d="M10 17.5s5.5-5 5.5-9a5.5 5.5 0 0 0-11 0c0 4 5.5 9 5.5 9Z" />
      <circle cx="10" cy="8.5" r="1.9" />
    </>
  ),
  userPlus: (
    <>
      <circle cx="8" cy="7" r="2.8" />
      <path d="M2.5 16.5c.3-3 2.4-4.8 5.5-4.8s5.2 1.8 5.5 4.8M15.5 6v5M13 8.5h5" />
    </>
  ),
  userMinus: (
    <>
      <circle cx="8" cy="7" r="2.8" />
      <path d="M2.5 16.5c.3-3 2.4-4.8 5.5-4.8s5.2 1.8 5.5 4.8M13 8.5h5" />
    </>
  ),
  shield: <path d="M10 2.8 4 5v5c0 3.7 2.5 6 6 7.3 3.5-1.3 6-3.6 6-7.3V5l-6-2.2ZM7.2 10l2 2 3.6-4" />,
  link: (
    <path d="M8.5 11.5a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1" />
  ),
  mic: (
    <>
      <rect x="7.5" y="3" width="5" height="8.5" rx="2.5" />
      <path d="M4.5 10a5.5 5.5 0 0 0 11 0M10 15.5v2" />
    </>
  ),
  video: (
    <>
      <rect x="2.5" y="5" width="10.5" height="10" rx="1.5" />
      <path d="m13 9 4.5-2.5v7L13 11" />
    </>
  ),
  music: (
    <>
      <circle cx="6" cy="14.5" r="2.3" />
      <circle cx="14" cy="12.8" r="2.3" />
      <path d="M8.3 14.5V5l8-1.8v9.6" />
    </>
  ),
  miniprogram: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M13.4 8.2a2 2 0 1 0-3.4-1.4v6.4a2 2 0 1 1-3.4-1.4" />
    </>
  ),
  choices: <path d="M3.5 5h3v3h-3zM3.5 12h3v3h-3zM9.5 6.5h7M9.5 13.5h7" />,
  article: <path d="M4 3.5h12v13H4zM6.8 7h6.4M6.8 10h6.4M6.8 13h3.4" />,
  quickReply: (
    <>
      <path d="M4 4h12a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 16 14H9.5L6 17v-3H4a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 4 4Z" />
      <path d="M11.5 6.5 8.5 11.5" />
    </>
  ),
  folder: (
    <path d="M2.5 6A1.5 1.5 0 0 1 4 4.5h3.5l2 2H16A1.5 1.5 0 0 1 17.5 8v6.5A1.5 1.5 0 0 1 16 16H4a1.5 1.5 0 0 1-1.5-1.5V6Z" />
  ),
  trash: <path d="M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5l.7 11h7.6l.7-11M8.5 8.5v5M11.5 8.5v5" />,
  grip: (
    <>
      <circle cx="7.5" cy="5.5" r=".5" />
      <circle cx="12.5" cy="5.5" r=".5" />
      <circle cx="7.5" cy="10" r=".5" />
      <circle cx="12.5" cy="10" r=".5" />
      <circle cx="7.5" cy="14.5" r=".5" />
      <circle cx="12.5" cy="14.5" r=".5" />
    </>
  ),
  smile: (
    <>
      <circle cx="10" cy="10" r="7.2" />
      <path d="M7.4 8v.1M12.6 8v.1M6.8 11.8a3.8 3.8 0 0 0 6.4 0" />
    </>
  ),
  stack: <path d="M3 7.5 10 4l7 3.5-7 3.5-7-3.5ZM3 11l7 3.5 7-3.5M3 14l7 3.5 7-3.5" />,
} as const satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

export function Icon(props: { readonly name: IconName; readonly size?: number; readonly label?: string }) {
  const size = props.size ?? 20;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...(props.label ? { role: 'img', 'aria-label': props.label } : { 'aria-hidden': true })}
    >
      {SHAPES[props.name]}
    </svg>
  );
}
