/** Fields whose values an operator does not need to run the system. */
const secretFields = new Set([
  'password',
  'currentpassword',
  'newpassword',
  'passwordhash',
  'accesstoken',
  'refreshtoken',
  'clientsecret',
  'client_secret',
  'secrethash',
  'oldsecrethash',
  'token',
  'authorization',
  'cookie',
  'set-cookie',
  'privatejwk',
]);

/** Patterns of secrets in any text, each with its replacement. */
const secretTexts: readonly [pattern: RegExp, instead: string | ((found: string) => string)][] = [
  // The user name and password in a server's URL.
  [/(?<=:\/\/)[^\s/?#]*@/g, '[redacted]@'],
  // A person's email address.
  [/[\p{L}\p{N}.!#$%&'*+=?^_`{|}~-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu, '[address]'],
  // JSON Web Tokens, and any other value sent as one. The match is linear in the text.
  [/(?<![\w-])[\w-]+(?:\.[\w-]*)+/g, (run) => run.replace(/\beyJ.*/, '[token]')],
  [/\b(Bearer|Basic) [\w.~+/=-]+/gi, '$1 [redacted]'],
  // Secrets of API clients.
  [/\bwcs_[\w-]{20,}/g, '[secret]'],
  [/\$argon2[\w$=,+/-]*/g, '[hash]'],
];

/** Longer than any stack trace, in characters. */
const longestText = 20_000;

/** Deeper than any value that is logged on purpose. */
const deepest = 8;

/** Returns a copy without secrets, for the log. Of an error it keeps what happened, not the rows that it concerns. */
export function withoutSecrets(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') {
    const shown = value.length > longestText ? `${value.slice(0, longestText)}…` : value;
    return secretTexts.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead as string), shown);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return '[deeper]';
  if (value instanceof Error) return withoutSecrets(errorFields(value), depth);
  if (Array.isArray(value)) return value.map((element) => withoutSecrets(element, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return withoutSecrets(value.toJSON(), depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      secretFields.has(name.toLowerCase()) ? '[redacted]' : withoutSecrets(field, depth + 1),
    ]),
  );
}

/** Not all properties of an error: those of PostgreSQL contain rows. */
function errorFields(error: Error) {
  const { name: type, message, stack = '', cause } = error;
  const { code, errors } = error as { code?: unknown; errors?: unknown };
  return {
    type,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack,
    ...(cause === undefined ? {} : { cause }),
    ...(Array.isArray(errors) ? { errors } : {}),
  };
}
