import type { MenuItemConstructorOptions } from 'electron';
import { acceleratorOf, entryOf, type CommandId } from '#shared/commands';
import type { Locale } from '#shared/localized';
import { pick } from '#shared/localized';
import { phrasebook } from '#shared/phrasebook';

export interface MenuDeps {
  readonly locale: Locale;
  readonly platform: NodeJS.Platform;
  readonly appName: string;
  readonly openLogFolder: () => void;
  readonly showAbout: () => void;
  /** Has the page carry out a command. */
  readonly runCommand: (id: CommandId) => void;
}

const say = phrasebook({
  about: { zh: '关于 OA Desk', en: 'About OA Desk' },
  services: { zh: '服务', en: 'Services' },
  hide: { zh: '隐藏 OA Desk', en: 'Hide OA Desk' },
  hideOthers: { zh: '隐藏其他', en: 'Hide Others' },
  unhide: { zh: '全部显示', en: 'Show All' },
  quit: { zh: '退出 OA Desk', en: 'Quit OA Desk' },
  file: { zh: '文件(&F)', en: '&File' },
  close: { zh: '关闭窗口', en: 'Close Window' },
  exit: { zh: '退出', en: 'Exit' },
  edit: { zh: '编辑(&E)', en: '&Edit' },
  undo: { zh: '撤销', en: 'Undo' },
  redo: { zh: '重做', en: 'Redo' },
  cut: { zh: '剪切', en: 'Cut' },
  copy: { zh: '复制', en: 'Copy' },
  paste: { zh: '粘贴', en: 'Paste' },
  pastePlain: { zh: '粘贴为纯文本', en: 'Paste as Plain Text' },
  selectAll: { zh: '全选', en: 'Select All' },
  view: { zh: '视图(&V)', en: '&View' },
  reload: { zh: '重新载入界面', en: 'Reload Page' },
  zoomIn: { zh: '放大', en: 'Zoom In' },
  zoomOut: { zh: '缩小', en: 'Zoom Out' },
  actualSize: { zh: '实际大小', en: 'Actual Size' },
  fullScreen: { zh: '全屏', en: 'Full Screen' },
  window: { zh: '窗口(&W)', en: '&Window' },
  minimize: { zh: '最小化', en: 'Minimise' },
  zoom: { zh: '缩放', en: 'Zoom' },
  front: { zh: '前置全部窗口', en: 'Bring All to Front' },
  help: { zh: '帮助(&H)', en: '&Help' },
  logs: { zh: '打开日志文件夹', en: 'Open Log Folder' },
});

/** The native menu in one language. Every entry that has a conventional accelerator carries it. */
export function appMenu(deps: MenuDeps): MenuItemConstructorOptions[] {
  const mac = deps.platform === 'darwin';
  const label = (phrase: Parameters<typeof say>[0]): string => {
    const value = say(phrase, deps.locale);
    // macOS has no mnemonics and would show the mark.
    return mac ? value.replace(/\(&.\)|&/, '') : value;
  };
  const item = (id: CommandId): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(id);
    return {
      label: pick(entryOf(id).title, deps.locale),
      click: () => deps.runCommand(id),
      // The page hears the keys itself and knows whether someone types; the menu only shows them. macOS cannot do so.
      ...(accelerator === null ? {} : { accelerator, registerAccelerator: mac }),
    };
  };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const about: MenuItemConstructorOptions = { label: label('about'), click: deps.showAbout };

  const macAppMenu: MenuItemConstructorOptions = {
    label: deps.appName,
    submenu: [
      about,
      separator,
      { role: 'services', label: label('services') },
      separator,
      { role: 'hide', label: label('hide'), accelerator: 'Cmd+H' },
      { role: 'hideOthers', label: label('hideOthers'), accelerator: 'Alt+Cmd+H' },
      { role: 'unhide', label: label('unhide') },
      separator,
      { role: 'quit', label: label('quit'), accelerator: 'Cmd+Q' },
    ],
  };

  return [
    ...(mac ? [macAppMenu] : []),
    {
      label: label('file'),
      submenu: [
        { role: 'close', label: label('close'), accelerator: 'CmdOrCtrl+W' },
        ...(mac ? [] : [separator, { role: 'quit', label: label('exit'), accelerator: 'Ctrl+Q' } as const]),
      ],
    },
    {
      label: label('edit'),
      submenu: [
        { role: 'undo', label: label('undo'), accelerator: 'CmdOrCtrl+Z' },
        { role: 'redo', label: label('redo'), accelerator: mac ? 'Shift+Cmd+Z' : 'Ctrl+Y' },
        separator,
        { role: 'cut', label: label('cut'), accelerator: 'CmdOrCtrl+X' },
        { role: 'copy', label: label('copy'), accelerator: 'CmdOrCtrl+C' },
        { role: 'paste', label: label('paste'), accelerator: 'CmdOrCtrl+V' },
        { role: 'pasteAndMatchStyle', label: label('pastePlain'), accelerator: 'CmdOrCtrl+Shift+V' },
        { role: 'selectAll', label: label('selectAll'), accelerator: 'CmdOrCtrl+A' },
        separator,
        item('search-chat'),
        item('search-everywhere'),
      ],
    },
    {
      label: label('view'),
      submenu: [
        item('palette'),
        separator,
        { role: 'reload', label: label('reload'), accelerator: 'CmdOrCtrl+Shift+R' },
        separator,
        { role: 'resetZoom', label: label('actualSize'), accelerator: 'CmdOrCtrl+0' },
        { role: 'zoomIn', label: label('zoomIn'), accelerator: 'CmdOrCtrl+=' },
        { role: 'zoomOut', label: label('zoomOut'), accelerator: 'CmdOrCtrl+-' },
        separator,
        {
          role: 'togglefullscreen',
          label: label('fullScreen'),
          accelerator: mac ? 'Ctrl+Cmd+F' : 'F11',
        },
      ],
    },
    {
      label: label('window'),
      role: 'window',
      submenu: [
        { role: 'minimize', label: label('minimize'), accelerator: 'CmdOrCtrl+M' },
        ...(mac
          ? [
              { role: 'zoom', label: label('zoom') } as const,
              separator,
              { role: 'front', label: label('front') } as const,
            ]
          : []),
      ],
    },
    {
      label: label('help'),
      role: 'help',
      submenu: [
        item('shortcuts'),
        separator,
        { label: label('logs'), click: deps.openLogFolder },
        ...(mac ? [] : [separator, about]),
      ],
    },
  ];
}
