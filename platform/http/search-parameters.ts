/** The query parameters of a URL, by name. The object has no prototype, so any name can be looked up. */
export type SearchParameters = Readonly<Record<string, string>>;

/**
 * Parses the query of a URL like a form (`+` is a space), if every parser would read it alike.
 *
 * @returns null if an escape is malformed or not UTF-8, or if a parameter is repeated.
 */
export function parseSearch(text: string): SearchParameters | null {
  const parameters: Record<string, string> = Object.create(null);
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = decoded(equals === -1 ? part : part.slice(0, equals));
    const value = decoded(equals === -1 ? '' : part.slice(equals + 1));
    if (name === null || value === null || name in parameters) return null;
    parameters[name] = value;
  }
  return parameters;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
