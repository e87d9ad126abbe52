import type { Count, Rule } from './counts.ts';

/** What is left of what a rule allows. */
export interface Spent {
  readonly rule: Rule;
  readonly isWithin: boolean;
  readonly remaining: number;
  /** Until there is more. */
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
