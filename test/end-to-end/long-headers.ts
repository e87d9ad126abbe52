import { worstTexts } from '#test/worst-texts.ts';

/** The length of a text in a header or in a URL. */
export const characters = 15_000;
/** Texts for a header or a URL, with the characters that both can have. */
export const texts: readonly [what: string, text: string][] = [
  ...Object.entries(worstTexts)
    .map(([what, make]) => [what, make(characters - (characters % 12))] as [string, string])
    .filter(([, text]) => /^[ -~]*\S[ -~]*$/.test(text)),
  ['a list that never closes a quote', `a;b="${'x,'.repeat(characters / 2)}`],
  ['a list of nothing', ','.repeat(characters)],
  ['a list of types', 'text/*;q=0.1,'.repeat(characters / 13)],
  ['parameters', `text/plain${'; a=b'.repeat(characters / 5)}`],
  ['white space before a missing value', `text/plain;${' '.repeat(characters)}x`],
  ['addresses', '::ffff:1.1.1.1,'.repeat(characters / 15)],
  ['colons', ':'.repeat(characters)],
  ['cookies', 'refresh_token=a; '.repeat(characters / 17)],
  ['one long cookie', `refresh_token=${'a'.repeat(characters)}`],
  ['one long token', `Bearer ${'a.'.repeat(2)}${'a'.repeat(characters)}`],
  ['a token of dots', `Bearer ${'.'.repeat(characters)}`],
  ['a long password', `Basic ${'A'.repeat(characters)}`],
];

/** The headers that a process reads. */
export const headerNames = [
  'accept',
  'accept-encoding',
  'apollo-require-preflight',
  'authorization',
  'content-encoding',
  'content-type',
  'cookie',
  'idempotency-key',
  'if-none-match',
  'last-event-id',
  'origin',
  'prefer',
  'traceparent',
  'x-apollo-operation-name',
  'x-forwarded-for',
];
