import { describe, expect, it } from 'vitest';
import { firstLine, lineBuffer } from '#main/services/demo-children';
import { nodeChildren } from './node-children';

const node = (script: string) =>
  nodeChildren(() => [process.execPath, '-e', script, '--']).start('sandbox', []);
const anyLine = (line: string) => line;

describe('a child’s output', () => {
  it('is cut into lines wherever the chunks are cut, also inside a character', () => {
    const lines: string[] = [];
    const buffer = lineBuffer();
    buffer.onLine((line) => lines.push(line));
    for (const byte of Buffer.from('你好\r\nsecond\nunfinished')) buffer.out(Buffer.from([byte]));
    expect(lines).toEqual(['你好', 'second']);
  });

  it('is given to those who come late, and not after they left', () => {
    const lines: string[] = [];
    const buffer = lineBuffer();
    buffer.out('early\n');
    const dispose = buffer.onLine((line) => lines.push(line));
    dispose();
    buffer.out('late\n');
    expect(lines).toEqual(['early']);
  });

  it('keeps the last complaints only', () => {
    const buffer = lineBuffer();
    for (let i = 0; i < 100; i++) buffer.err(`line ${i}\n`);
    expect(buffer.complaints()).toHaveLength(20);
    expect(buffer.complaints().at(-1)).toBe('line 99');
  });
});

describe('waiting for a child', () => {
  it('ends with the first line that means something', async () => {
    const child = node(`console.log('noise'); console.log('ready 7'); setInterval(() => {}, 1000)`);
    const read = (line: string) => /^ready (\d)$/.exec(line)?.[1] ?? null;
    expect(await firstLine(child, read, 10_000)).toBe('7');
    await child.stop();
  });

  it('fails when the child ends before', async () => {
    await expect(firstLine(node('process.exit(3)'), anyLine, 10_000)).rejects.toMatchObject({
      data: { code: 'demo/start-failed', params: { reason: 'exit-3' } },
    });
  });

  it('fails when the child says nothing for too long', async () => {
    const child = node('setInterval(() => {}, 1000)');
    await expect(firstLine(child, anyLine, 100)).rejects.toMatchObject({
      data: { code: 'demo/start-failed', params: { reason: 'timeout' } },
    });
    await child.stop();
    expect(await child.exited).toBeNull();
  });

  it('fails when there is no such program', async () => {
    const child = nodeChildren(() => ['/nonexistent/program']).start('relay', []);
    await expect(firstLine(child, anyLine, 10_000)).rejects.toMatchObject({
      data: { code: 'demo/start-failed' },
    });
  });
});
