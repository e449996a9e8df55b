/**
 * A callback's XML as a tree: a leaf is its text, a repeated tag is an array. Reading is tolerant, because WeChat leaves
 * nodes out, sends them empty, and does not spell every tag the same everywhere (`MsgId`, `MsgID`).
 */
export type XmlNode = string | { readonly [tag: string]: XmlNode | readonly XmlNode[] };

export interface NodeReader {
  /** The text as sent; empty when the node is missing or is not a leaf. */
  text(tag: string): string;
  /** The trimmed text; null when missing or empty. */
  optional(tag: string): string | null;
  /** 0 when missing or not a number. */
  number(tag: string): number;
  /** A reader of nothing when the node is missing or a leaf. */
  child(tag: string): NodeReader;
  /** One reader per occurrence that has children; empty when there is none. */
  children(tag: string): readonly NodeReader[];
  /** The texts of every occurrence that is a leaf. */
  texts(tag: string): readonly string[];
}

/** Reads the children of a node by tag, whatever their case. */
export function readNode(node: XmlNode): NodeReader {
  const byTag = new Map<string, readonly XmlNode[]>();
  if (typeof node !== 'string') {
    for (const [tag, value] of Object.entries(node)) {
      const values: readonly XmlNode[] = isList(value) ? value : [value];
      const key = tag.toLowerCase();
      byTag.set(key, [...(byTag.get(key) ?? []), ...values]);
    }
  }
  const all = (tag: string): readonly XmlNode[] => byTag.get(tag.toLowerCase()) ?? [];
  const texts = (tag: string): readonly string[] => all(tag).filter((value) => typeof value === 'string');
  const text = (tag: string): string => texts(tag)[0] ?? '';
  const children = (tag: string): readonly NodeReader[] =>
    all(tag)
      .filter((value) => typeof value !== 'string')
      .map(readNode);
  return {
    text,
    texts,
    children,
    optional: (tag) => text(tag).trim() || null,
    number: (tag) => {
      const value = Number(text(tag));
      return Number.isFinite(value) ? value : 0;
    },
    child: (tag) => children(tag)[0] ?? readNode(''),
  };
}

function isList(value: XmlNode | readonly XmlNode[]): value is readonly XmlNode[] {
  return Array.isArray(value);
}
