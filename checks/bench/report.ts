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
}

export function isMet({ value, goal }: Figure): boolean {
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
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

/** One of several programs that are compared. */
export interface Contender {
  readonly name: string;
  /** Works for this many seconds. @returns the amount of work per second. */
  readonly rate: (seconds: number) => Promise<number>;
}

export interface CompareOptions {
  readonly rounds: number;
  readonly secondsEach: number;
  readonly unit: string;
  readonly progress: (message: string) => void;
}

export interface Comparison {
  /** Each contender's rate, and its ratio to the first contender's rate in the same round: median and range. */
  readonly rows: Table['rows'];
  /** The median of the rounds' ratios between two contenders. */
  readonly ratio: (one: string, other: string) => number;
}

/** With a shorter warm-up, a router still gets a third faster in the measured rounds. */
const warmUpS = 4;

/** Runs the contenders in turn, round by round, so that changes of the machine's speed affect all of them alike. */
export async function compare(contenders: readonly Contender[], options: CompareOptions): Promise<Comparison> {
  const { rounds, secondsEach, unit, progress } = options;
  for (const { name, rate } of contenders) {
    progress(`warming up ${name}`);
    await rate(warmUpS);
  }
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, rate } of contenders) {
      const perSecond = await rate(secondsEach);
      rates.get(name)!.push(perSecond);
      progress(`round ${round} of ${rounds}: ${name}: ${Math.round(perSecond)} ${unit}`);
    }
  }
  const ratios = (one: string, other: string) => rates.get(one)!.map((rate, round) => rate / rates.get(other)![round]!);
  const rows = contenders.map(({ name }) => ({
    name: name,
    [unit]: spread(rates.get(name)!, 0),
    [`× ${contenders[0]!.name}`]: spread(ratios(name, contenders[0]!.name), 2),
  }));
  return { rows, ratio: (one, other) => rounded(median(ratios(one, other))) };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Formats as `1,200 (1,100 to 1,250)`: median, minimum and maximum. */
function spread(values: readonly number[], decimals: number): string {
  const shown = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return `${shown(median(values))} (${shown(Math.min(...values))} to ${shown(Math.max(...values))})`;
}

/** Measures the rate of work that is repeated by concurrent loops. @param work returns the amount of work done. */
export function runConcurrently(concurrency: number, work: () => Promise<number>): Contender['rate'] {
  return async (seconds) => {
    const began = performance.now();
    let done = 0;
    const failed = new AbortController();
    const loop = async () => {
      try {
        while (!failed.signal.aborted && performance.now() - began < seconds * 1_000) {
          // `done += await work()` would lose the additions of other loops made meanwhile.
          const count = await work();
          done += count;
        }
      } catch (error) {
        failed.abort();
        throw error;
      }
    };
    await Promise.all(Array.from({ length: concurrency }, loop));
    return done / ((performance.now() - began) / 1_000);
  };
}
