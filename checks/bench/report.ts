import { availableParallelism, cpus, totalmem } from 'node:os';

/** What a part has measured. */
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

/** What it was measured on. */
export const machine = `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

/** A figure with something to reach. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly goal: { readonly atLeast: number } | { readonly atMost: number };
  /** Of the value and the goal, such as `ms`; `×` of a ratio. */
  readonly unit: string;
}

export function isReached({ value, goal }: Figure): boolean {
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

/** To so many significant digits, for people to read. */
export function rounded(value: number, digits = 3): number {
  return Number(value.toPrecision(digits));
}

/** What is measured beside others. */
export interface Contender {
  readonly name: string;
  /** Works for so long, and says how much it did per second. */
  readonly rate: (seconds: number) => Promise<number>;
}

export interface CompareOptions {
  readonly rounds: number;
  readonly secondsEach: number;
  readonly unit: string;
  readonly progress: (what: string) => void;
}

export interface Comparison {
  /** Each contender's rate, and its ratio to the first one's in the same round: the middle and the spread. */
  readonly rows: Table['rows'];
  /** The middle of the rounds' ratios between two contenders. */
  readonly ratio: (one: string, other: string) => number;
}

/** After less, a router still gains a third in the rounds that count. */
const warmUpS = 4;

/** Runs the contenders in turn, round by round, so that a machine whose speed wanders treats them alike. */
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
    what: name,
    [unit]: spread(rates.get(name)!, 0),
    [`× ${contenders[0]!.name}`]: spread(ratios(name, contenders[0]!.name), 2),
  }));
  return { rows, ratio: (one, other) => rounded(middle(ratios(one, other))) };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** `1,200 (1,100 to 1,250)`: the middle, the least and the most. */
function spread(values: readonly number[], decimals: number): string {
  const shown = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return `${shown(middle(values))} (${shown(Math.min(...values))} to ${shown(Math.max(...values))})`;
}

/** The rate of a piece of work that is done again and again, so many at a time; it says how much it was. */
export function inLanes(lanes: number, once: () => Promise<number>): Contender['rate'] {
  return async (seconds) => {
    const began = performance.now();
    let done = 0;
    const failed = new AbortController();
    const lane = async () => {
      try {
        while (!failed.signal.aborted && performance.now() - began < seconds * 1_000) {
          // Not added at once: what the other lanes have done meanwhile would be forgotten.
          const count = await once();
          done += count;
        }
      } catch (error) {
        failed.abort();
        throw error;
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return done / ((performance.now() - began) / 1_000);
  };
}
