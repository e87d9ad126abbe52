import type { Answer } from './client.ts';
import { leakIn } from './leaks.ts';
import type { World } from './world.ts';

/** One bad input, and the answer that it must get. */
export interface Case {
  readonly title: string;
  readonly request: (world: World) => Promise<Answer>;
  readonly expected: Expectation;
}

/** Each part that is set must hold. */
export interface Expectation {
  readonly status?: number;
  /** The code of each top-level error, or a list of the allowed codes; null allows no error. */
  readonly code?: string | readonly string[] | null;
  /** The code of at least one user error; null allows no user error. */
  readonly userError?: string | null;
  /** Checks further conditions; returns a description of the one that fails, or null. */
  readonly also?: (answer: Answer, world: World) => string | null | Promise<string | null>;
}

/** @returns what is wrong with an answer, or null. */
export async function faultOf(answer: Answer, expected: Expectation, world: World): Promise<string | null> {
  const { status, code, userError } = expected;
  if (status !== undefined && answer.status !== status) return `status ${status} was expected`;
  if (code === null && answer.codes.length > 0) return 'no error was expected';
  if (code !== undefined && code !== null) {
    const expectedCodes = [code].flat();
    const isExpected = answer.codes.length > 0 && answer.codes.every((actual) => expectedCodes.includes(actual));
    if (!isExpected) return `${expectedCodes.join(' or ')} was expected`;
  }
  if (userError === null && answer.userErrors.length > 0) return 'no user error was expected';
  if (typeof userError === 'string' && !answer.userErrors.some((actual) => actual.code === userError)) {
    return `the user error ${userError} was expected`;
  }
  const leak = leakIn(answer.text);
  if (leak !== null) return `the answer shows ${leak}`;
  return (await expected.also?.(answer, world)) ?? null;
}

/** Formats an answer as one line. */
export function answerText({ status, codes, userErrors, text }: Answer): string {
  const codeTexts = [
    ...new Set([...codes, ...userErrors.map(({ code, field }) => `${code} ${(field ?? []).join('.')}`.trim())]),
  ];
  return `${status} ${codeTexts.length > 0 ? codeTexts.slice(0, 4).join(', ') : text.replaceAll(/\s+/g, ' ').slice(0, 70)}`;
}
