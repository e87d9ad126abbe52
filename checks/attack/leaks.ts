/** Patterns of internal details that no answer may contain. */
const internalDetails: readonly [title: string, pattern: RegExp][] = [
  ['a stack frame', /\bat [^"\n]{1,200}:\d+:\d+/],
  ['a file path', /node_modules|file:\/\/|\/(?:work|home|root|app|usr|var)\/|\b[\w-]+\.(?:ts|cjs|mjs)\b/],
  ['an address', /\b(?:127\.0\.0\.1|localhost|0\.0\.0\.0)\b|:(?:4001|4002|4003|4004|5432|5433|6379)\b/],
  ['an SQL statement', /\b(?:select|insert|update|delete)\b[^"]{1,300}\b(?:from|into|set|where|values)\b/i],
  [
    'an error of PostgreSQL',
    /duplicate key|violates|syntax error at or near|relation "|constraint|invalid input syntax/i,
  ],
  [
    'an error of the system',
    /E(?:CONNREFUSED|CONNRESET|TIMEDOUT|NOTFOUND|PIPE)|Maximum call stack|is not a function|undefined \(/,
  ],
  ['a key', /"d"\s*:|BEGIN (?:RSA |EC )?PRIVATE/],
];

/** The host that customers use, as passkeys name it: in a trial it is localhost. The text is JSON within JSON. */
const relyingParty = /\\"(?:rpId|id)\\":\\"localhost\\"/g;

/**
 * Finds the first internal detail in an answer.
 *
 * @param request the text that was sent; an answer may repeat parts of it.
 * @returns the kind of the detail, or null.
 */
export function leakIn(text: string, request = ''): string | null {
  const found = internalDetails.find(([, pattern]) => {
    const all = text.replaceAll(relyingParty, '').matchAll(new RegExp(pattern, `${pattern.flags}g`));
    return [...all].some(([match]) => !request.includes(match));
  });
  return found?.[0] ?? null;
}
