/** Rough size in bytes of a structured-cloned value, or null as soon as it exceeds `cap` or is nested too deeply. */
export function sizeWithin(value: unknown, cap: number): number | null {
  const MAX_DEPTH = 16;
  /** What one value costs besides its content, so that many empty values count too. */
  const OVERHEAD = 8;
  let size = 0;
  const seen = new Set<object>();

  const visit = (current: unknown, depth: number): boolean => {
    size += OVERHEAD;
    if (typeof current === 'string') size += current.length * 2;
    else if (typeof current === 'bigint') size += current.toString(16).length;
    if (size > cap) return false;
    if (typeof current !== 'object' || current === null) return true;
    if (depth >= MAX_DEPTH || seen.has(current)) return false;
    seen.add(current);
    if (current instanceof ArrayBuffer || ArrayBuffer.isView(current)) {
      size += current.byteLength;
      return size <= cap;
    }
    if (current instanceof Map) {
      for (const [key, entry] of current)
        if (!visit(key, depth + 1) || !visit(entry, depth + 1)) return false;
      return true;
    }
    if (current instanceof Set || Array.isArray(current)) {
      for (const entry of current) if (!visit(entry, depth + 1)) return false;
      return true;
    }
    for (const key of Object.keys(current)) {
      size += key.length * 2;
      if (!visit((current as Record<string, unknown>)[key], depth + 1)) return false;
    }
    return true;
  };

  return visit(value, 0) ? size : null;
}
