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

/** A push has a dozen nodes, nearly always spelled as they are asked for: looking at all of them is for the other cases. */
class TreeReader implements NodeReader {
  constructor(private readonly node: XmlNode) {}

  text(tag: string): string {
    const found = typeof this.node === 'string' ? undefined : this.node[tag];
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
    const found: XmlNode[] = [];
    if (typeof this.node === 'string') return found;
    for (const name in this.node) {
      const value = this.node[name];
      if (value !== undefined && sameTag(name, tag)) found.push(...listOf(value));
    }
    return found;
  }
}

function sameTag(one: string, other: string): boolean {
  return one.length === other.length && one.toLowerCase() === other.toLowerCase();
}

function listOf(value: XmlNode | readonly XmlNode[]): readonly XmlNode[] {
  return isList(value) ? value : [value];
}

function isList(value: XmlNode | readonly XmlNode[]): value is readonly XmlNode[] {
  return Array.isArray(value);
}
