import { pino, destination, type DestinationStream } from 'pino';
import type { Logger } from '#shared/log';

/** Names of fields whose values are secrets or people's words, wherever they stand. */
const SECRET_FIELD =
  /token|secret|code$|authorization|password|signature|encrypt|echostr|nonce|body|query|content|text|openid|callback|^key$|key$|url/i;
/** Values that look like a secret although their field's name does not say so. */
const SECRET_VALUE = /Bearer\s+\S+|[?&][\w-]+=[^\s&]+|\b[A-Za-z0-9_-]{43,}\b|<xml[\s\S]*/gi;
const MAX_DEPTH = 4;
const HIDDEN = '[hidden]';

/** JSON lines on `stream` (standard error when left out), each passed through the redactor first. */
export function createRelayLog(
  level: string,
  stream: DestinationStream = destination({ fd: 2, sync: true }),
): Logger {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return {
    debug: (event, fields) => {
      logger.debug(redact(fields), event);
    },
    info: (event, fields) => {
      logger.info(redact(fields), event);
    },
    warn: (event, fields) => {
      logger.warn(redact(fields), event);
    },
    error: (event, fields) => {
      logger.error(redact(fields), event);
    },
  };
}

function redact(fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, hide(name, value, 0)]));
}

function hide(name: string, value: unknown, depth: number): unknown {
  if (value instanceof Error) return describe(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (name !== 'errorCode' && SECRET_FIELD.test(name)) return HIDDEN;
  if (typeof value === 'string') return value.replace(SECRET_VALUE, HIDDEN);
  if (depth >= MAX_DEPTH || typeof value !== 'object') return HIDDEN;
  if (Array.isArray(value)) return value.map((item) => hide(name, item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hide(key, inner, depth + 1)]));
}

/** Where an error comes from, without its message: messages of libraries quote what they were given. */
function describe(error: Error): Record<string, unknown> {
  const code: unknown = 'code' in error ? error.code : undefined;
  return {
    name: error.name,
    ...(typeof code === 'string' ? { errorCode: code } : {}),
    stack: (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)),
    ...(error.cause instanceof Error ? { cause: describe(error.cause) } : {}),
  };
}
