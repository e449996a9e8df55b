const HIDDEN = '[hidden]';
const MAX_DEPTH = 8;
const MAX_TEXT = 2000;

/** Names of fields whose whole value is hidden, compared in lower case without separators. */
const SECRET_NAME =
  /(token|secret|aeskey|password|passphrase|authorization|cookie|ticket|credentials?|pairingcode|inviteCode|masterkey|databasekey|privatekey)$/i;

/** Secrets by their look, for text whose origin is not known. Each replacement keeps what is useful for diagnosis. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // A URL keeps its host and path: the query holds access tokens and signatures.
  [/(\bhttps?:\/\/[^\s?#"'<>]*)[?#][^\s"'<>]*/gi, `$1?${HIDDEN}`],
  [/(\bhttps?:\/\/)[^\s/@"'<>]+@/gi, `$1${HIDDEN}@`],
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, `$1 ${HIDDEN}`],
  [
    /((?:access_?token|refresh_?token|device_?token|secret|app_?secret|component_verify_ticket|encoding_?aes_?key|password|msg_signature|signature|token)["']?\s*[=:]\s*["']?)[^\s"'&,;}\]]+/gi,
    `$1${HIDDEN}`,
  ],
  // Access tokens: a number, an underscore and a long opaque rest.
  [/\b\d{1,4}_[A-Za-z0-9_-]{20,}/g, HIDDEN],
  // EncodingAESKey: exactly 43 letters and digits.
  [/(?<![A-Za-z0-9+/_-])[A-Za-z0-9]{43}(?![A-Za-z0-9+/_=-])/g, HIDDEN],
  // AppSecret and database keys: 32 or 64 hexadecimal digits.
  [/(?<![A-Za-z0-9])(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{64})(?![A-Za-z0-9])/g, HIDDEN],
];

/** A text without what looks like a secret, cut to 2000 characters. */
export function redactText(text: string): string {
  let out = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  for (const [pattern, replacement] of PATTERNS) out = out.replace(pattern, replacement);
  return out;
}

/**
 * A copy of any value that may be written to a log: fields named like secrets, and text that looks like one, are hidden
 * at every depth. Binary data is replaced by its length, errors keep name, message, data and stack.
 */
export function redact(value: unknown): unknown {
  return copy(value, 0, new Set());
}

function copy(value: unknown, depth: number, ancestors: ReadonlySet<object>): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint' || typeof value === 'symbol') return redactText(String(value));
  if (typeof value === 'function') return '[function]';
  if (typeof value !== 'object' || value === null) return value;
  if (ancestors.has(value)) return '[circular]';
  if (depth >= MAX_DEPTH) return '[deep]';
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (value instanceof URL) return redactText(value.href);
  if (value instanceof Date) return value.toJSON();

  const path = new Set(ancestors).add(value);
  const inner = (child: unknown): unknown => copy(child, depth + 1, path);
  if (Array.isArray(value)) return value.map(inner);
  if (value instanceof Map) return copyFields(value, inner);
  if (value instanceof Set) return [...value].map(inner);
  if (value instanceof Error) {
    const { name, message, stack, cause } = value;
    const own = copyFields(Object.entries(value), inner);
    return {
      ...own,
      name,
      message: inner(message),
      stack: inner(stack),
      ...(cause ? { cause: inner(cause) } : {}),
    };
  }
  return copyFields(Object.entries(value), inner);
}

function copyFields(
  entries: Iterable<readonly [unknown, unknown]>,
  inner: (child: unknown) => unknown,
): Record<string, unknown> {
  const out: [string, unknown][] = [];
  for (const [key, child] of entries) {
    const name = redactText(String(key));
    const secret = SECRET_NAME.test(name.replace(/[_\-.\s]/g, ''));
    // A yes or no, or the absence of a value, tells nothing.
    const telling = child !== null && child !== undefined && typeof child !== 'boolean' && child !== '';
    out.push([name, secret && telling ? HIDDEN : inner(child)]);
  }
  return Object.fromEntries(out);
}
