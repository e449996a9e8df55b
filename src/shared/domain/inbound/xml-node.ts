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
  return new TreeReader(node);
}

/** A push has a dozen nodes, most of them leaves that occur once: those are kept and found without a list around them. */
class TreeReader implements NodeReader {
  private readonly byTag = new Map<string, XmlNode | readonly XmlNode[]>();

  constructor(node: XmlNode) {
    if (typeof node === 'string') return;
    for (const tag in node) {
      const value = node[tag];
      if (value === undefined) continue;
      const key = tag.toLowerCase();
      const present = this.byTag.get(key);
      this.byTag.set(key, present === undefined ? value : [...listOf(present), ...listOf(value)]);
    }
  }

  text(tag: string): string {
    const found = this.byTag.get(tag.toLowerCase());
    if (typeof found === 'string') return found;
    return this.texts(tag)[0] ?? '';
  }

  optional(tag: string): string | null {
    return this.text(tag).trim() || null;
  }

  number(tag: string): number {
    const value = Number(this.text(tag));
    return Number.isFinite(value) ? value : 0;
  }

  child(tag: string): NodeReader {
    return this.children(tag)[0] ?? readNode('');
  }

  children(tag: string): readonly NodeReader[] {
    return this.all(tag)
      .filter((value) => typeof value !== 'string')
      .map(readNode);
  }

  texts(tag: string): readonly string[] {
    return this.all(tag).filter((value) => typeof value === 'string');
  }

  private all(tag: string): readonly XmlNode[] {
    const found = this.byTag.get(tag.toLowerCase());
    return found === undefined ? [] : listOf(found);
  }
}

function listOf(value: XmlNode | readonly XmlNode[]): readonly XmlNode[] {
  return isList(value) ? value : [value];
}

function isList(value: XmlNode | readonly XmlNode[]): value is readonly XmlNode[] {
  return Array.isArray(value);
}
