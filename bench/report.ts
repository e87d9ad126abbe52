/** A line of the table: the middle of what was measured, and its spread. */
export interface Row {
  readonly what: string;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly unit: string;
}

export function quantiles(values: readonly number[]): Pick<Row, 'p50' | 'p95' | 'p99'> {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
