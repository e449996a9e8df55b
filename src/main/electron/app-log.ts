import log from 'electron-log/node';
import { join } from 'node:path';
import type { Logger } from '#shared/log';

/** Turns one record's values into something without secrets. */
export type RedactFields = (fields: Readonly<Record<string, unknown>>) => unknown;

const MAX_LOG_BYTES = 5 * 1024 * 1024;

/**
 * The app's log: one JSON record a line in `folder`/main.log, one older file beside it. Every record goes through the
 * redactor first; nothing else writes to the file.
 */
export function openAppLog(folder: string, redact: RedactFields): Logger {
  const instance = log.create({ logId: 'app' });
  instance.transports.console.level = false;
  const file = instance.transports.file;
  file.resolvePathFn = () => join(folder, 'main.log');
  file.maxSize = MAX_LOG_BYTES;
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.format = '[{y}-{m}-{d} {h}:{i}:{s}.{ms}] [{level}] {text}';

  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields?: Readonly<Record<string, unknown>>): void => {
      if (fields === undefined) instance[level](event);
      else instance[level](`${event} ${JSON.stringify(redact(fields))}`);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
