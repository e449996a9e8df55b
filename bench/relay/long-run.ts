import { median } from '../lib/report';
import type { LoadProcess } from './load/load-process';
import { targetOf, type Contender } from './throughput';

/** Messages between two looks at the process. */
const PART = 20_000;

export interface LongRun {
  readonly messages: number;
  /** Messages a second: the medians of the first and of the last fifth. */
  readonly firstRate: number;
  readonly lastRate: number;
  /** Bytes resident: the medians of the same two fifths, and the most there ever were. */
  readonly firstMemory: number;
  readonly lastMemory: number;
  readonly peakMemory: number;
}

/** Delivers one part after another and looks at rate and memory after each. */
export async function measureLongRun(
  load: LoadProcess,
  contender: Contender,
  messages: number,
  connections: number,
  from: number,
): Promise<LongRun> {
  const parts: { readonly rate: number; readonly memory: number }[] = [];
  for (let done = 0; done < messages; done += PART) {
    const result = await load.run({
      kind: 'deliver',
      target: targetOf(contender),
      connections,
      count: PART,
      from: from + done,
    });
    if (result.refused > 0) throw new Error(`${contender.name} refused ${String(result.refused)} messages`);
    parts.push({ rate: PART / result.seconds, memory: contender.server.memory().resident });
  }
  const fifth = Math.max(1, Math.floor(parts.length / 5));
  const first = parts.slice(0, fifth);
  const last = parts.slice(-fifth);
  return {
    messages: parts.length * PART,
    firstRate: median(first.map(({ rate }) => rate)),
    lastRate: median(last.map(({ rate }) => rate)),
    firstMemory: median(first.map(({ memory }) => memory)),
    lastMemory: median(last.map(({ memory }) => memory)),
    peakMemory: contender.server.memory().peak,
  };
}
