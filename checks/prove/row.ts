import type { Stage } from './stage.ts';

/** What came of a promise under fault. */
export interface Outcome {
  readonly figure: string;
  readonly reached: boolean;
}

/** One promise, how it is put to the test, and the test. */
export interface Row {
  /** For `--only`. */
  readonly name: string;
  readonly promise: string;
  readonly how: (stage: Pick<Stage, 'orders' | 'kills' | 'queue'>) => string;
  readonly run: (stage: Stage) => Promise<Outcome>;
}

/** All counts of what must not be have to be 0, and `also` true. */
export function verdict(wrong: Readonly<Record<string, number>>, facts: readonly string[], also = true): Outcome {
  const counts = Object.entries(wrong).map(([what, count]) => `${count} ${what}`);
  return {
    figure: [...counts, ...facts].join(', '),
    reached: also && Object.values(wrong).every((count) => count === 0),
  };
}
