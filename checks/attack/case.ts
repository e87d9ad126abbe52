import type { Answer } from './client.ts';
import { leakIn } from './leaks.ts';
import type { World } from './world.ts';

/** One bad input, and what it gets. */
export interface Case {
  readonly what: string;
  readonly ask: (world: World) => Promise<Answer>;
  readonly expected: Expectation;
}

/** Every part that is given has to hold. */
export interface Expectation {
  readonly status?: number;
  /** Of each top-level error, or one of several; null where there may be none. */
  readonly code?: string | readonly string[] | null;
  /** Of one user error; null where there may be none. */
  readonly userError?: string | null;
  /** Whatever else has to hold; says what does not. */
  readonly also?: (answer: Answer, world: World) => string | null | Promise<string | null>;
}

/** What is wrong with an answer, or null. */
export async function faultOf(answer: Answer, expected: Expectation, world: World): Promise<string | null> {
  const { status, code, userError } = expected;
  if (status !== undefined && answer.status !== status) return `status ${status} was expected`;
  if (code === null && answer.codes.length > 0) return 'no error was expected';
  if (code !== undefined && code !== null) {
    const expectedCodes = [code].flat();
    const isExpected = answer.codes.length > 0 && answer.codes.every((told) => expectedCodes.includes(told));
    if (!isExpected) return `${expectedCodes.join(' or ')} was expected`;
  }
  if (userError === null && answer.userErrors.length > 0) return 'no user error was expected';
  if (typeof userError === 'string' && !answer.userErrors.some((told) => told.code === userError)) {
    return `the user error ${userError} was expected`;
  }
  const leak = leakIn(answer.text);
  if (leak !== null) return `the answer shows ${leak}`;
  return (await expected.also?.(answer, world)) ?? null;
}

/** An answer in a line. */
export function answerText({ status, codes, userErrors, text }: Answer): string {
  const told = [
    ...new Set([...codes, ...userErrors.map(({ code, field }) => `${code} ${(field ?? []).join('.')}`.trim())]),
  ];
  return `${status} ${told.length > 0 ? told.slice(0, 4).join(', ') : text.replaceAll(/\s+/g, ' ').slice(0, 70)}`;
}
