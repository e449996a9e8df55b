/** Quick replies from a table: text only, one reply a line, as a shop keeps them in a spreadsheet. */
import { parseCsv } from './csv';
import type { LibraryEntry, ReadLibrary } from './library-file';
import type { QuickReplyBody } from './quick-reply';

type Column = 'name' | 'shortcut' | 'folder' | 'zh' | 'en';

/** Headings of a column, in lower case. */
const HEADINGS: Readonly<Record<Column, readonly string[]>> = {
  name: ['名称', '标题', 'name', 'title'],
  shortcut: ['快捷词', '快捷码', 'shortcut'],
  folder: ['文件夹', '分组', 'folder', 'group'],
  zh: ['中文', '内容', '回复', 'zh', 'chinese', 'text'],
  en: ['英文', 'en', 'english'],
};

/** The heading line that the app itself writes down as an example. */
export const TABLE_HEADING = {
  zh: '名称,快捷词,文件夹,中文,英文',
  en: 'name,shortcut,folder,zh,en',
} as const;

/** Needs a heading line with a name and at least one language. A reply without a name is called by its first words. */
export function readTable(text: string): ReadLibrary {
  const [heading, ...lines] = parseCsv(text);
  const places = placesIn(heading ?? []);
  if (places.zh === undefined && places.en === undefined)
    return { ok: false, code: 'quick-replies/no-header' };
  const entries = lines.map((cells, index) => entryOf(cells, places, index + 2));
  const folders = [...new Set(entries.flatMap(({ reply }) => reply?.folder ?? []))];
  return { ok: true, folders, entries, pictures: {} };
}

type Places = Readonly<Partial<Record<Column, number>>>;

function placesIn(heading: readonly string[]): Places {
  const names = heading.map((cell) => cell.trim().toLowerCase());
  const found = (Object.keys(HEADINGS) as Column[]).flatMap((column) => {
    const place = names.findIndex((name) => HEADINGS[column].includes(name));
    return place === -1 ? [] : [[column, place] as const];
  });
  return Object.fromEntries(found);
}

/** Characters of the first words that make a name. */
const NAME_FROM_TEXT = 12;

function entryOf(cells: readonly string[], places: Places, row: number): LibraryEntry {
  const cell = (column: Column): string => {
    const place = places[column];
    return place === undefined ? '' : (cells[place] ?? '').trim();
  };
  const said = cell('zh') || cell('en');
  const name = cell('name') || [...said.replaceAll(/\s+/gu, ' ')].slice(0, NAME_FROM_TEXT).join('');
  const shortcut = cell('shortcut').replace(/^[/／]/u, '');
  const folder = cell('folder') || null;
  return {
    row,
    name,
    reply: { name, shortcut, folder, appid: null, zh: body(cell('zh')), en: body(cell('en')) },
  };
}

function body(text: string): QuickReplyBody | null {
  return text === '' ? null : { kind: 'text', text };
}
