import { execFileSync } from 'node:child_process';

interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly state: string;
  /** Tells a process from a later one with the same number. */
  readonly started: string;
}

export interface SeenProcess {
  readonly pid: number;
  readonly started: string;
}

function table(): ProcessRow[] {
  const text = execFileSync('ps', ['-axo', 'pid=,ppid=,state=,lstart='], { encoding: 'utf8' });
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+)$/.exec(line);
    return match
      ? [{ pid: Number(match[1]), parent: Number(match[2]), state: match[3] ?? '', started: match[4] ?? '' }]
      : [];
  });
}

/** Every process below `pid`, at any depth. */
export function descendantsOf(pid: number): SeenProcess[] {
  const rows = table();
  const found: SeenProcess[] = [];
  const visit = (parent: number): void => {
    for (const row of rows) {
      if (row.parent !== parent) continue;
      found.push({ pid: row.pid, started: row.started });
      visit(row.pid);
    }
  };
  visit(pid);
  return found;
}

/** Those of `seen` that still run; a zombie that only waits to be collected does not. */
export function stillRunning(seen: readonly SeenProcess[]): SeenProcess[] {
  const rows = new Map(table().map((row) => [row.pid, row]));
  return seen.filter(({ pid, started }) => {
    const row = rows.get(pid);
    return row?.started === started && !row.state.startsWith('Z');
  });
}
