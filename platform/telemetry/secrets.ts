/** Fields whose values nobody has to read to run the system. */
const secretFields = new Set([
  'password',
  'currentpassword',
  'newpassword',
  'passwordhash',
  'accesstoken',
  'refreshtoken',
  'token',
  'authorization',
  'cookie',
  'set-cookie',
  'privatejwk',
]);

/** What is a secret wherever it stands, and what stands there instead. */
const secretTexts: readonly [pattern: RegExp, instead: string | ((found: string) => string)][] = [
  // The name and password in an address of a server.
  [/(?<=:\/\/)[^\s/?#]*@/g, '[redacted]@'],
  // Of a person.
  [/[\p{L}\p{N}.!#$%&'*+=?^_`{|}~-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu, '[address]'],
  // JSON Web Tokens, and whatever else was sent as one. Each run of their characters is looked at once.
  [/(?<![\w-])[\w-]+(?:\.[\w-]*)+/g, (run) => run.replace(/\beyJ.*/, '[token]')],
  [/\b(Bearer|Basic) [\w.~+/=-]+/gi, '$1 [redacted]'],
  [/\$argon2[\w$=,+/-]*/g, '[hash]'],
];

/** Longer than any stack, in characters. */
const longestText = 20_000;

/** Deeper than anything that is logged with intent. */
const deepest = 8;

/** The same without secrets, for the log: of errors only what tells what happened, not the rows that they are about. */
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

/** Not all that an error carries: PostgreSQL's have the rows that they are about. */
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
