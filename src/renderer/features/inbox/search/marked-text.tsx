import type { TextRange } from '#shared/domain/search/matching';

/** A text with what was found marked. */
export function MarkedText(props: { readonly text: string; readonly ranges: readonly TextRange[] }) {
  const { text, ranges } = props;
  if (ranges.length === 0) return text;
  return (
    <>
      {ranges.map(([start, end], index) => (
        <span key={start}>
          {text.slice(ranges[index - 1]?.[1] ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  );
}
