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

/** What is measured beside others: it does its work again and again, in some lanes at once. */
export interface Contender {
  readonly name: string;
  readonly lanes: number;
  /** Does a piece of work and says how much it was. */
  readonly once: () => Promise<number>;
}

export interface CompareOptions {
  readonly rounds: number;
  readonly secondsEach: number;
  readonly unit: string;
  readonly progress: (what: string) => void;
}

/** The contenders' rates over all rounds, and the ratio of each to the first in the same round. */
export type Comparison = readonly {
  readonly what: string;
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  readonly unit: string;
  readonly ratio: number;
}[];

/** Runs the contenders in turn, round by round, so that a machine whose speed wanders treats them alike. */
export async function compare(contenders: readonly Contender[], options: CompareOptions): Promise<Comparison> {
  const { rounds, secondsEach, unit, progress } = options;
  for (const contender of contenders) {
    progress(`warming up ${contender.name}`);
    await rateOf(contender, 1);
  }
  const rates = contenders.map((): number[] => []);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [place, contender] of contenders.entries()) {
      const rate = await rateOf(contender, secondsEach);
      rates[place]!.push(rate);
      progress(`round ${round} of ${rounds}: ${contender.name}: ${Math.round(rate)} ${unit}`);
    }
  }
  return contenders.map(({ name }, place) => {
    const own = rates[place]!.toSorted((a, b) => a - b);
    const ratios = rates[place]!.map((rate, round) => rate / rates[0]![round]!).toSorted((a, b) => a - b);
    const middle = Math.floor(rounds / 2);
    return {
      what: name,
      median: Math.round(own[middle]!),
      lowest: Math.round(own[0]!),
      highest: Math.round(own.at(-1)!),
      unit,
      ratio: Number(ratios[middle]!.toFixed(2)),
    };
  });
}

async function rateOf({ lanes, once }: Contender, seconds: number): Promise<number> {
  const began = performance.now();
  let done = 0;
  const failed = new AbortController();
  const lane = async () => {
    try {
      while (!failed.signal.aborted && performance.now() - began < seconds * 1_000) done += await once();
    } catch (error) {
      failed.abort();
      throw error;
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done / ((performance.now() - began) / 1_000);
}
