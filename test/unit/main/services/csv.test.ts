import { expect, it } from 'vitest';
import { csvFile } from '#main/services/csv';

const textOf = (rows: Parameters<typeof csvFile>[0]): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(csvFile(rows));

it('quotes commas, quotes and line breaks, and marks the file as UTF-8', () => {
  expect(textOf([['客户', 'a,b', 'said "hi"', 'two\nlines', 7]])).toBe(
    '\uFEFF客户,"a,b","said ""hi""","two\nlines",7\r\n',
  );
});

it('never lets the words of a customer become a formula', () => {
  expect(textOf([['=HYPERLINK("http://x")', '+86', '-1', '@cmd', -1]])).toBe(
    '\uFEFF"\'=HYPERLINK(""http://x"")",\'+86,\'-1,\'@cmd,-1\r\n',
  );
});
