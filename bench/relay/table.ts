import type { LongRun } from './long-run';
import type { Throughput } from './throughput';
import type { Waiting } from './waiting';

/** One line of the list of targets. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it must reach, or stay below. */
  readonly bound: number;
  readonly kind: 'at least' | 'at most';
}

export interface Results {
  readonly machine: string;
  readonly throughput: readonly Throughput[];
  readonly longRun: LongRun | null;
  readonly waiting: Waiting | null;
  readonly targets: readonly Target[];
}

const MIB = 1024 * 1024;

export function isReached({ value, bound, kind }: Target): boolean {
  return kind === 'at least' ? value >= bound : value <= bound;
}

/** All of a run as Markdown. */
export function tableOf({ machine, throughput, longRun, waiting, targets }: Results): string {
  const rows = throughput.map((row) => [
    row.name,
    row.rate.toFixed(0),
    row.timesFloor.toFixed(2),
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    row.cpu.toFixed(0),
    (row.memory / MIB).toFixed(0),
  ]);
  const sections = [
    machine,
    markdown(['Server', 'messages/s', '× floor', 'p50 ms', 'p99 ms', 'CPU µs/message', 'peak MiB'], rows),
  ];
  if (longRun !== null)
    sections.push(
      `Long run of ${longRun.messages.toLocaleString('en')} messages: ${longRun.firstRate.toFixed(0)} → ` +
        `${longRun.lastRate.toFixed(0)} messages/s, resident ${(longRun.firstMemory / MIB).toFixed(0)} → ` +
        `${(longRun.lastMemory / MIB).toFixed(0)} MiB (peak ${(longRun.peakMemory / MIB).toFixed(0)} MiB), ` +
        'first fifth → last fifth.',
    );
  if (waiting !== null)
    sections.push(
      `${waiting.devices.toLocaleString('en')} waiting devices: ${waiting.bytesEach.toFixed(0)} bytes each; ` +
        `from push to device at ${waiting.receipt.perSecond.toFixed(0)} messages/s: p50 ` +
        `${waiting.receipt.p50.toFixed(1)} ms, p99 ${waiting.receipt.p99.toFixed(1)} ms; ` +
        `${waiting.cpu.toFixed(0)} µs of processor time for one message.`,
    );
  sections.push(
    markdown(
      ['Target', 'must be', 'is', ''],
      targets.map((target) => [
        target.name,
        `${target.kind === 'at least' ? '≥' : '≤'} ${String(target.bound)} ${target.unit}`,
        `${target.value.toFixed(2)} ${target.unit}`,
        isReached(target) ? 'reached' : 'MISSED',
      ]),
    ),
  );
  return `${sections.join('\n\n')}\n`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.trim()).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
