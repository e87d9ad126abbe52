import type { ReceivedSpan } from './receiver.ts';

/** A span with its child steps, ordered by start. */
export interface Step {
  readonly span: ReceivedSpan;
  readonly steps: readonly Step[];
}

/** The steps of one trace; a span whose parent is missing is at the top level. */
export function treeOf(spans: readonly ReceivedSpan[]): Step[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  const below = Map.groupBy(spans, ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null));
  const stepsBelow = (parentId: string | null): Step[] =>
    (below.get(parentId) ?? [])
      .toSorted((a, b) => a.startMs - b.startMs)
      .map((span) => ({ span, steps: stepsBelow(span.spanId) }));
  return stepsBelow(null);
}

/** Formats each step as a line: its start and duration in milliseconds, its process and its name. */
export function printTree(steps: readonly Step[]): string {
  const beginMs = Math.min(...steps.map(({ span }) => span.startMs));
  const lines = (steps: readonly Step[], depth: number): string[] =>
    steps.flatMap(({ span, steps }) => [line(span, beginMs, depth), ...lines(steps, depth + 1)]);
  const heading = `${'at ms'.padStart(8)} ${'took ms'.padStart(8)}  ${'process'.padEnd(12)}  step`;
  return [heading, ...lines(steps, 0), ''].join('\n');
}

function line({ service, name, startMs, endMs }: ReceivedSpan, beginMs: number, depth: number): string {
  const at = (startMs - beginMs).toFixed(1).padStart(8);
  const took = (endMs - startMs).toFixed(1).padStart(8);
  return `${at} ${took}  ${service.padEnd(12)}  ${'  '.repeat(depth)}${name}`;
}
