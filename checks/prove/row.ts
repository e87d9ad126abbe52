import type { Stage } from './stage.ts';

/** The result of a row. */
export interface Outcome {
  readonly figure: string;
  readonly passed: boolean;
}

/** One promise, a description of its test, and the test. */
export interface Row {
  /** The value of `--only` that selects this row. */
  readonly name: string;
  readonly promise: string;
  readonly how: (stage: Pick<Stage, 'orders' | 'kills' | 'queue'>) => string;
  readonly run: (stage: Stage) => Promise<Outcome>;
}

/** The row passes if all counts of faults are 0 and `also` is true. `facts` are shown in the figure. */
export function verdict(faults: Readonly<Record<string, number>>, facts: readonly string[], also = true): Outcome {
  const counts = Object.entries(faults).map(([kind, count]) => `${count} ${kind}`);
  return {
    figure: [...counts, ...facts].join(', '),
    passed: also && Object.values(faults).every((count) => count === 0),
  };
}
