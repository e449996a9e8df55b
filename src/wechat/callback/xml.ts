import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AppError } from '#shared/app-error';

/**
 * A parsed element: its text, or its children by tag name. A tag that occurs several times holds a list.
 * The maps inherit nothing, so a tag may have any name.
 */
export type XmlNode = string | { readonly [tag: string]: XmlNode | readonly XmlNode[] };

/** What `buildXml` writes: numbers plainly, text as CDATA, lists as repeated tags. */
export type XmlInput = string | number | { readonly [tag: string]: XmlInput | readonly XmlInput[] };

export interface XmlLimits {
  /** Bytes of UTF-8. */
  readonly maxBytes: number;
  /** Elements inside each other, the root included. */
  readonly maxDepth: number;
}

/** WeChat's own pushes stay below 10 KiB and five levels. */
export const XML_LIMITS: XmlLimits = { maxBytes: 256 * 1024, maxDepth: 12 };

const CDATA = '#cdata';
const TEXT = '#text';

function refuse(code: string, cause?: unknown): AppError {
  return new AppError({ code: `callback/${code}` }, cause === undefined ? undefined : { cause });
}

/**
 * The content of the document's root element (`<xml>` in every push): its children by tag name, or its text.
 * Values stay text: an id of 64 bits keeps all its digits. Nodes may come with or without CDATA; attributes are ignored.
 * @throws AppError `callback/too-large`, `callback/xml-doctype`, `callback/xml-entity` (an entity is declared, or one is
 * used that XML does not predefine), `callback/xml-too-deep`, `callback/bad-xml` (also when the text was cut off)
 */
export function parseXml(text: string, limits: XmlLimits = XML_LIMITS): XmlNode {
  assertSize(text, limits.maxBytes);
  return parseFlat(text, limits) ?? parseWhole(text, limits);
}

/**
 * Reads the common form, leaves directly below `<xml>` with or without CDATA, at a tenth of the parser's time; null for
 * anything else (other markup, entities, white space in a plain value, carriage returns), which the parser then accepts or
 * refuses.
 */
function parseFlat(text: string, limits: XmlLimits): XmlNode | null {
  if (limits.maxDepth < 2 || !text.startsWith('<xml>') || text.includes('\r')) return null;
  const node = emptyNode();
  let at = 5;
  while (!text.startsWith('</xml>', at)) {
    const nameEnd = nameEndIn(text, at);
    if (nameEnd === -1) return null;
    const name = text.slice(at + 1, nameEnd);
    const inCdata = text.startsWith(CDATA_START, nameEnd + 1);
    const start = nameEnd + 1 + (inCdata ? CDATA_START.length : 0);
    const end = text.indexOf(inCdata ? ']]>' : '<', start);
    if (end === -1) return null;
    const value = text.slice(start, end);
    if (!inCdata && NOT_PLAIN.test(value)) return null;
    const close = inCdata ? end + 3 : end;
    if (!text.startsWith('</', close) || !text.startsWith(name, close + 2)) return null;
    at = close + 3 + name.length;
    if (text.charCodeAt(at - 1) !== GREATER) return null;
    add(node, name, value);
  }
  return at > 5 && at + 6 === text.length ? node : null;
}

const CDATA_START = '<![CDATA[';
const NOT_PLAIN = /[&\s]/;
const LESS = 0x3c;
const GREATER = 0x3e;

/** Where the name ends whose tag begins here; -1 when it is not letters, digits and underscores between angle brackets. */
function nameEndIn(text: string, start: number): number {
  if (text.charCodeAt(start) !== LESS) return -1;
  let at = start + 1;
  for (; ; at += 1) {
    const code = text.charCodeAt(at);
    const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    const isOther = (code >= 0x30 && code <= 0x39) || code === 0x5f;
    if (!isLetter && !(isOther && at > start + 1)) break;
  }
  return at > start + 1 && text.charCodeAt(at) === GREATER ? at : -1;
}

type Children = Record<string, XmlNode | XmlNode[]>;

/** Nothing is inherited from it. An object without any prototype would be a hash table to V8, which is slower to fill and read. */
const NOTHING: object = Object.freeze(Object.create(null) as object);

/** An element without children yet; a tag may have any name. */
function emptyNode(): Children {
  return Object.create(NOTHING) as Children;
}

function add(node: Children, name: string, value: XmlNode): void {
  const present = node[name];
  if (present === undefined) node[name] = value;
  else if (Array.isArray(present)) present.push(value);
  else node[name] = [present, value];
}

function parseWhole(text: string, limits: XmlLimits): XmlNode {
  refuseDeclarations(text);
  if (XMLValidator.validate(text) !== true) throw refuse('bad-xml');
  let nodes: readonly unknown[];
  try {
    nodes = parserFor(limits.maxDepth).parse(text) as readonly unknown[];
  } catch (error) {
    // The parser's only other refusals are of malformed text, which the validator has already ruled out.
    const tooDeep = error instanceof Error && error.message.startsWith('Maximum nested tags');
    throw refuse(tooDeep ? 'xml-too-deep' : 'bad-xml');
  }
  const roots = nodes.flatMap(elementOf);
  const root = roots[0];
  if (root === undefined || roots.length !== 1) throw refuse('bad-xml');
  return toNode(root.children, limits.maxDepth, 1);
}

const parsers = new Map<number, XMLParser>();

function parserFor(maxDepth: number): XMLParser {
  let parser = parsers.get(maxDepth);
  if (parser === undefined) {
    parser = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: true,
      ignoreDeclaration: true,
      ignorePiTags: true,
      processEntities: false,
      parseTagValue: false,
      trimValues: false,
      cdataPropName: CDATA,
      // The parser compares the number of ancestors below the root.
      maxNestedTags: maxDepth - 1,
      // Names become keys of maps that inherit nothing, so they need no renaming.
      onDangerousProperty: (name) => name,
    });
    parsers.set(maxDepth, parser);
  }
  return parser;
}

interface Element {
  readonly name: string;
  readonly children: readonly unknown[];
}

/** The element in one entry of the parser's ordered output; none for text and CDATA. */
function elementOf(entry: unknown): Element[] {
  if (typeof entry !== 'object' || entry === null) return [];
  for (const [name, children] of Object.entries(entry)) {
    if (name !== TEXT && name !== CDATA && Array.isArray(children)) return [{ name, children }];
  }
  return [];
}

function toNode(children: readonly unknown[], maxDepth: number, depth: number): XmlNode {
  if (depth > maxDepth) throw refuse('xml-too-deep');
  const elements = children.flatMap(elementOf);
  if (elements.length === 0) return textOf(children);
  const node = emptyNode();
  for (const { name, children: inner } of elements) {
    add(node, name, toNode(inner, maxDepth, depth + 1));
  }
  return node;
}

/** Text between tags loses the white space around it, as pretty-printed XML has it; CDATA is kept to the letter. */
function textOf(children: readonly unknown[]): string {
  let text = '';
  for (const child of children) {
    if (typeof child !== 'object' || child === null) continue;
    const record = child as Readonly<Record<string, unknown>>;
    const plain = record[TEXT];
    const cdata = record[CDATA];
    if (typeof plain === 'string') text += decodeReferences(plain.trim());
    else if (Array.isArray(cdata)) text += cdataText(cdata);
  }
  return text;
}

function cdataText(content: readonly unknown[]): string {
  const first = content[0] as Readonly<Record<string, unknown>> | undefined;
  const text = first?.[TEXT];
  return typeof text === 'string' ? text : '';
}

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Resolves XML's five predefined entities and character numbers, once: nothing that expands is ever looked up. */
function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;\s&]{1,32});/g, (_, name: string) => {
    const predefined = PREDEFINED.get(name);
    if (predefined !== undefined) return predefined;
    const number = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
    if (number === null) throw refuse('xml-entity');
    const code = number[1] === undefined ? Number(number[2]) : Number.parseInt(number[1], 16);
    if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw refuse('bad-xml');
    return String.fromCodePoint(code);
  });
}

function assertSize(text: string, maxBytes: number): void {
  // A UTF-16 unit takes at most three bytes.
  if (text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes) throw refuse('too-large');
}

/** Declarations are refused wherever markup may stand; the same letters inside CDATA are a customer's text. */
function refuseDeclarations(text: string): void {
  for (let at = text.indexOf('<!'); at !== -1; at = text.indexOf('<!', at)) {
    let end: number;
    if (text.startsWith('<![CDATA[', at)) end = text.indexOf(']]>', at + 9);
    else if (text.startsWith('<!--', at)) end = text.indexOf('-->', at + 4);
    else throw refuse(declarationCode(text, at));
    if (end === -1) throw refuse('bad-xml');
    at = end + 3;
  }
}

function declarationCode(text: string, at: number): string {
  const word = text.slice(at + 2, at + 9).toUpperCase();
  if (word === 'DOCTYPE') return 'xml-doctype';
  return word.startsWith('ENTITY') ? 'xml-entity' : 'bad-xml';
}

/** `<xml>…</xml>` without white space, as WeChat writes it. */
export function buildXml(tree: { readonly [tag: string]: XmlInput | readonly XmlInput[] }): string {
  return element('xml', tree);
}

function element(name: string, value: XmlInput): string {
  if (!/^[A-Za-z_][\w.-]*$/.test(name)) throw new RangeError('not a tag name');
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: XmlInput): string {
  if (typeof value === 'number') return String(value);
  // CDATA cannot hold its own end mark: it is split over two sections.
  if (typeof value === 'string') return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
  let out = '';
  for (const [name, child] of Object.entries(value)) {
    const items: readonly XmlInput[] = isList(child) ? child : [child];
    for (const item of items) out += element(name, item);
  }
  return out;
}

function isList(value: XmlInput | readonly XmlInput[]): value is readonly XmlInput[] {
  return Array.isArray(value);
}

/** The two-node body of safe mode exactly as WeChat sends it; every repetition ends at a character it cannot hold. */
const STANDARD_BODY =
  /^\s*<xml>\s*<ToUserName><!\[CDATA\[([^\]<>]*)\]\]><\/ToUserName>\s*<Encrypt><!\[CDATA\[([A-Za-z0-9+/=]+)\]\]><\/Encrypt>\s*<\/xml>\s*$/;

/**
 * The account and the ciphertext of an encrypted push. The usual form is read without a parser, anything else by `parseXml`.
 * @throws AppError `callback/downgrade` when there is no `Encrypt` node, and those of `parseXml`
 */
export function extractEncrypt(body: string): {
  readonly toUserName: string | null;
  readonly encrypt: string;
} {
  assertSize(body, XML_LIMITS.maxBytes);
  const standard = STANDARD_BODY.exec(body);
  if (standard?.[1] !== undefined && standard[2] !== undefined)
    return { toUserName: standard[1], encrypt: standard[2] };
  const node = parseXml(body);
  const encrypt = xmlText(node, 'Encrypt');
  if (encrypt === null || encrypt === '') throw refuse('downgrade');
  return { toUserName: xmlText(node, 'ToUserName'), encrypt };
}

/** The text of a child; null when there is none, or when it has children or occurs several times. */
export function xmlText(node: XmlNode, tag: string): string | null {
  if (typeof node === 'string') return null;
  const value = node[tag];
  return typeof value === 'string' ? value : null;
}
