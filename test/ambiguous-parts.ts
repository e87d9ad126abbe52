import type { RawAnswer } from './raw-http.ts';

/**
 * GraphQL requests that two parsers may read differently. A server must refuse such a request, or all of its parsers must
 * read the same document.
 */
export interface AmbiguousRequest {
  readonly what: string;
  readonly outcome: 'refused' | 'read';
  /** @returns the bytes of the request with this document. */
  readonly request: (document: string) => Buffer;
}

export const harmless = '{ __typename }';
export const preflighted = 'Apollo-Require-Preflight: 1';
export const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

export function chunks(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n0\r\n\r\n`;
}

/** @returns `refused` if all answers are refusals, `read` if each is the expected one, or else the answers. */
export function readingOf(answers: readonly (readonly [RawAnswer, expectedWhereRead: string])[]): string {
  if (
    answers.every(([{ status, body }]) => [400, 404, 415].includes(status) && !/"data"|QUERY_TOO_COMPLEX/.test(body))
  ) {
    return 'refused';
  }
  const shown = answers.map(([{ status, body }]) => `${status} ${body}`);
  return answers.every(([, expected], index) => shown[index]!.includes(expected)) ? 'read' : shown.join('; ');
}

export const escaped = (text: string) =>
  text.replaceAll(/./gs, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
