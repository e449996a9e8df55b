/** One figure and what it is held against, both from the same run. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly ours: number;
  /** The floor or peer. */
  readonly against: { readonly name: string; readonly value: number };
  /** What ours may be at most. */
  readonly budget?: number;
}

export interface Report {
  readonly benchmark: string;
  readonly runtime: string;
  readonly figures: readonly (Figure & { readonly ratio: number })[];
}

/** Prints a table, or with `--json` one line of JSON per benchmark. */
export function report(benchmark: string, runtime: string, figures: readonly Figure[]): void {
  const rows = figures.map((figure) => ({ ...figure, ratio: figure.ours / figure.against.value }));
  const result: Report = { benchmark, runtime, figures: rows };
  process.stdout.write(process.env['OADESK_BENCH_JSON'] ? `${JSON.stringify(result)}\n` : table(result));
}

function table({ runtime, figures }: Report): string {
  const lines = figures.map(
    ({ name, unit, ours, against, ratio, budget }) =>
      `  ${name}: ${round(ours)} ${unit}; ${against.name}: ${round(against.value)} ${unit}; ratio ${round(ratio)}` +
      (budget === undefined
        ? ''
        : `; budget ${round(budget)} ${unit}: ${ours <= budget ? 'held' : 'missed'}`),
  );
  return `  ${runtime}\n${lines.join('\n')}\n`;
}

const round = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
