import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import { Menu, nativeImage, Tray } from 'electron';
import type { Locale } from '#shared/localized';
import { phrasebook } from '#shared/phrasebook';
import type { DeskCounts } from '../services/desktop/desktop';
import { withDot } from './badge-picture';

export interface TrayView {
  readonly locale: Locale;
  readonly counts: DeskCounts;
  /** Unix seconds; null: notifications come. */
  readonly pausedUntil: number | null;
}

export interface TrayDeps {
  readonly appName: string;
  readonly platform: NodeJS.Platform;
  /** A square picture in colour, and on macOS the folder's `trayTemplate.png`. */
  readonly icon: string;
  readonly templateIcon: string;
  readonly open: () => void;
  readonly openWaiting: () => void;
  readonly setPaused: (paused: boolean) => void;
  readonly quit: () => void;
}

const say = phrasebook({
  open: { zh: '打开 OA Desk', en: 'Open OA Desk' },
  waiting: { zh: '待回复 {needsReply} · 未读 {unread}', en: 'To answer {needsReply} · Unread {unread}' },
  nothing: { zh: '没有待回复的会话', en: 'Nothing waits for a reply' },
  pause: { zh: '暂停通知 1 小时', en: 'Pause Notifications for an Hour' },
  resume: { zh: '恢复通知（已暂停到 {time}）', en: 'Resume Notifications (paused until {time})' },
  quit: { zh: '退出 OA Desk', en: 'Quit OA Desk' },
});

/** What the tray's menu offers. */
export function trayMenu(
  view: TrayView,
  deps: Omit<TrayDeps, 'icon' | 'templateIcon'>,
): MenuItemConstructorOptions[] {
  const { locale, counts, pausedUntil } = view;
  const { unread, needsReply } = counts;
  const waits = unread > 0 || needsReply > 0;
  const time = (at: number) =>
    new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
      at * 1000,
    );
  return [
    waits
      ? { label: say('waiting', locale, { unread, needsReply }), click: deps.openWaiting }
      : { label: say('nothing', locale), enabled: false },
    { type: 'separator' },
    { label: say('open', locale), click: deps.open },
    pausedUntil === null
      ? { label: say('pause', locale), click: () => deps.setPaused(true) }
      : { label: say('resume', locale, { time: time(pausedUntil) }), click: () => deps.setPaused(false) },
    { type: 'separator' },
    { label: say('quit', locale), click: deps.quit },
  ];
}

/** The app's icon in the tray: a dot when something waits, the counts as words when the pointer rests on it. */
export function createTray(deps: TrayDeps): { readonly show: (view: TrayView) => void } {
  const pictures = iconsOf(deps);
  const tray = new Tray(pictures.calm);
  // macOS and Linux open the menu by themselves.
  tray.on('click', () => {
    if (deps.platform === 'win32') deps.open();
  });
  return {
    show(view) {
      const { unread, needsReply } = view.counts;
      const waits = unread > 0 || needsReply > 0;
      tray.setImage(unread > 0 ? pictures.unread : pictures.calm);
      tray.setToolTip(
        waits ? `${deps.appName}\n${say('waiting', view.locale, { unread, needsReply })}` : deps.appName,
      );
      if (deps.platform === 'darwin') tray.setTitle(unread > 0 ? String(unread) : '');
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(view, deps)));
    },
  };
}

/** Sizes in points: Windows draws 16, Linux desktops scale down. */
const SIZES = { win32: 16, linux: 32 } as const;

function iconsOf({ platform, icon, templateIcon }: TrayDeps): Record<'calm' | 'unread', NativeImage> {
  if (platform === 'darwin') {
    // The system colours a template; the count stands beside it.
    const template = nativeImage.createFromPath(templateIcon);
    template.setTemplateImage(true);
    return { calm: template, unread: template };
  }
  const source = nativeImage.createFromPath(icon);
  const size = SIZES[platform === 'win32' ? 'win32' : 'linux'];
  const calm = nativeImage.createEmpty();
  const unread = nativeImage.createEmpty();
  for (const scaleFactor of [1, 1.5, 2]) {
    const side = Math.round(size * scaleFactor);
    const plain = source.resize({ width: side, height: side, quality: 'best' });
    const picture = { width: side, height: side, bitmap: plain.toBitmap() };
    const dotted = withDot(picture);
    calm.addRepresentation({ scaleFactor, width: side, height: side, buffer: picture.bitmap });
    unread.addRepresentation({ scaleFactor, width: side, height: side, buffer: dotted.bitmap });
  }
  return { calm, unread };
}
