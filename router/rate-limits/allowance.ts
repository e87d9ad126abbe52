import type { Count, Rule } from './counts.ts';

/** The state of a rule for one key. */
export interface Spent {
  readonly rule: Rule;
  readonly isWithin: boolean;
  readonly remaining: number;
  /** Until the window ends. */
  readonly waitS: number;
}

export function spentOf(rule: Rule, { points, endsInMs }: Count): Spent {
  return {
    rule,
    isWithin: points <= rule.points,
    remaining: Math.max(0, rule.points - points),
    waitS: Math.max(1, Math.ceil(endsInMs / 1_000)),
  };
}
