import { availableParallelism, cpus, totalmem } from 'node:os';

/** The results of a part. */
export interface Findings {
  readonly tables: readonly Table[];
  readonly figures: readonly Figure[];
}

/** Rows with the same columns. */
export interface Table {
  readonly title: string;
  readonly rows: readonly Readonly<Record<string, string | number>>[];
}

export function markdownOf({ title, rows }: Table): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  const body = rows.map((row) => line(columns.map((column) => row[column] ?? '')));
  return [`### ${title}\n`, line(columns), line(columns.map(() => '---')), ...body].join('\n');
}

/** A description of this machine. */
export const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

/** A measured value with its goal. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly goal: { readonly atLeast: number } | { readonly atMost: number };
  /** The unit of the value and the goal, such as `ms`; `×` for a ratio. */
  readonly unit: string;
  /** The values of the rounds, of which `value` is the median. */
  readonly rounds?: readonly number[];
}

export type Verdict = 'yes' | 'NO' | 'too noisy';

/** Rounds whose middle half is further apart, as a part of the median, do not decide about a goal. */
const maxSpread = 0.2;

/** Whether a figure meets its goal. Rounds that disagree about it and are far apart say nothing. */
export function verdictOf({ value, goal, rounds = [value] }: Figure): Verdict {
  const meets = (one: number) => ('atLeast' in goal ? one >= goal.atLeast : one <= goal.atMost);
  const agree = rounds.every((one) => meets(one) === meets(value));
  if (!agree && spreadOf(rounds) > maxSpread) return 'too noisy';
  return meets(value) ? 'yes' : 'NO';
}

/** The width of the middle half of the values, as a part of their median. */
export function spreadOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)]!;
  return (at(0.75) - at(0.25)) / at(0.5);
}

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export function quantiles(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** Rounds to this number of significant digits. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}
