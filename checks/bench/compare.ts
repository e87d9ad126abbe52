import { processorTimeMs } from '../../tools/system/resources.ts';
import { rounded, type Table } from './report.ts';

/** One of several programs that are compared. */
export interface Contender {
  readonly name: string;
  /** Works for this many seconds. @returns the amount of work per second. */
  readonly rate: (seconds: number) => Promise<number>;
  /** The process that works, to measure its processor time. */
  readonly pid?: number;
}

export interface CompareOptions {
  readonly rounds: number;
  readonly secondsEach: number;
  readonly unit: string;
  readonly progress: (message: string) => void;
}

/** The ratio between two contenders in each round, and its median. */
export interface Ratio {
  readonly median: number;
  readonly rounds: readonly number[];
}

export interface Comparison {
  /** Each contender's rate, and its ratio to the first contender's rate in the same round: median and range. */
  readonly rows: Table['rows'];
  /** The median of the rounds' ratios between two contenders. */
  readonly ratio: (one: string, other: string) => number;
  /** The rounds' ratios between the rates of two contenders. */
  readonly ratios: (one: string, other: string) => Ratio;
  /**
   * How much more processor time for a unit of work the other contender takes, round by round. Null where it was not
   * measured.
   */
  readonly timesCheaper: (one: string, other: string) => Ratio | null;
}

/** With a shorter warm-up, a router still gets a third faster in the measured rounds. */
const warmUpS = 4;

/** What a contender did in one round: work per second, and processor time for a unit of work where it is measured. */
interface Round {
  readonly perSecond: number;
  readonly processorMs: number | null;
}

/** Runs the contenders in turn, round by round, so that changes of the machine's speed affect all of them alike. */
export async function compare(contenders: readonly Contender[], options: CompareOptions): Promise<Comparison> {
  const { rounds, secondsEach, unit, progress } = options;
  for (const { name, rate } of contenders) {
    progress(`warming up ${name}`);
    await rate(warmUpS);
  }
  const measured = new Map<string, Round[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const result = await runRound(contender, secondsEach);
      measured.get(contender.name)!.push(result);
      progress(`round ${round} of ${rounds}: ${contender.name}: ${described(result, unit)}`);
    }
  }
  const ratios = (one: string, other: string, of: (round: Round) => number): Ratio => {
    const values = measured.get(one)!.map((round, index) => of(round) / of(measured.get(other)![index]!));
    return { median: rounded(median(values)), rounds: values };
  };
  const rates = (one: string, other: string) => ratios(one, other, ({ perSecond }) => perSecond);
  const timesCheaper = (one: string, other: string) => {
    const times = ratios(other, one, ({ processorMs }) => processorMs ?? NaN);
    return Number.isFinite(times.median) ? times : null;
  };
  const first = contenders[0]!.name;
  const rows = contenders.map(({ name }) => {
    const spent = measured.get(name)!.flatMap(({ processorMs }) => processorMs ?? []);
    const cost = timesCheaper(name, first);
    return {
      name,
      [unit]: spread(
        measured.get(name)!.map(({ perSecond }) => perSecond),
        0,
      ),
      [`× ${first}`]: spread(rates(name, first).rounds, 2),
      ...(cost === null
        ? {}
        : { 'processor time each, ms': spread(spent, 2), [`${first}'s ÷ its`]: spread(cost.rounds, 2) }),
    };
  });
  return { rows, ratio: (one, other) => rates(one, other).median, ratios: rates, timesCheaper };
}

async function runRound({ rate, pid }: Contender, seconds: number): Promise<Round> {
  const spentMs = () => (pid === undefined ? null : processorTimeMs([pid]));
  const [beganMs, beforeMs] = [performance.now(), spentMs()];
  const perSecond = await rate(seconds);
  const [tookMs, afterMs] = [performance.now() - beganMs, spentMs()];
  const work = (perSecond * tookMs) / 1_000;
  return { perSecond, processorMs: beforeMs === null || afterMs === null ? null : (afterMs - beforeMs) / work };
}

function described({ perSecond, processorMs }: Round, unit: string): string {
  const time = processorMs === null ? '' : `, ${rounded(processorMs)} ms of processor time each`;
  return `${Math.round(perSecond)} ${unit}${time}`;
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
