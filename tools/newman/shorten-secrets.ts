/** Long enough to distinguish two tokens. */
const shownLength = 8;

/**
 * Shortens the secrets in a value. Tokens (in fields with such names, and after `Bearer`) keep their beginning; passwords
 * and secrets are removed.
 */
export function shortenSecrets<Value>(value: Value): Value {
  return shortened('', value) as Value;
}

function shortened(name: string, value: unknown): unknown {
  if (typeof value === 'string') return shortenText(name, value);
  if (Array.isArray(value)) return value.map((item) => shortened(name, item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shortened(key, item)]));
}

function shortenText(name: string, text: string): string {
  if (/(?:password|secret)$/i.test(name)) return '…';
  if (/token$/i.test(name)) return `${text.slice(0, shownLength)}…`;
  return text.replace(/^(Bearer .{8}).+$/i, '$1…');
}
