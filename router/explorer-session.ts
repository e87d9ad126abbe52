/**
 * Scripts of the explorer's page, which contains the text of these functions. They add the token and the ids of earlier
 * responses to each request, so that the examples run one after the other without copying.
 */

type Values = Readonly<Record<string, unknown>>;

interface Operation {
  readonly query?: string;
  readonly variables?: Values | null;
}

/** Returns the names of a document's required variables: types with `!` and without a default. */
export function requiredVariables(document: string): string[] {
  const definitions = document.replaceAll(/#[^\n]*/g, '').matchAll(/\$(\w+)\s*:([\w[\]!\s]+)(=?)/g);
  return [...definitions]
    .filter(([, , type, equals]) => type!.trim().endsWith('!') && equals === '')
    .map(([, name]) => name!);
}

/** Returns the texts in a response by field name; of several with one name, the first. */
export function namedTexts(response: unknown): Record<string, string> {
  if (typeof response !== 'object' || response === null) return {};
  let found: Record<string, string> = {};
  for (const [name, value] of Object.entries(response)) {
    const more = typeof value === 'string' ? { [name]: value } : namedTexts(value);
    found = { ...more, ...found };
  }
  return found;
}

/** Returns a new value for a required variable; null if it takes a value of an earlier response. */
export function freshValue(name: string): string | null {
  const unique = crypto.getRandomValues(new Uint32Array(2)).join('-');
  if (name === 'idempotencyKey') return unique;
  return name === 'newEmail' ? `ada.${unique}@example.com` : null;
}

/** Returns the operation of a request. GraphiQL sends it in the body, and a subscription in the URL. */
export function operationOf(address: string, body: unknown): Operation {
  if (typeof body === 'string') return JSON.parse(body) as Operation;
  const { searchParams } = new URL(address, globalThis.location?.href);
  const variables = JSON.parse(searchParams.get('variables') ?? '{}') as Values;
  return { query: searchParams.get('query') ?? '', variables };
}

/** Returns the request with these variables. */
export function withVariables(address: string, options: RequestInit, variables: Values): [string, RequestInit] {
  if (typeof options.body === 'string') {
    const body = JSON.stringify({ ...(JSON.parse(options.body) as Operation), variables });
    return [address, { ...options, body }];
  }
  const url = new URL(address, globalThis.location?.href);
  url.searchParams.set('variables', JSON.stringify(variables));
  return [url.href, options];
}

/**
 * Replaces the page's `fetch`. It adds the latest token, unless the request has an `Authorization` header, and values
 * for required variables. The token is kept in memory; other values are kept in the tab's session storage, so that a
 * reloaded page can sign in again.
 */
export function startExplorerSession(): void {
  const send = globalThis.fetch;
  const storageKey = 'explorer-session';
  const longestValue = 200;
  const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, string>;
  const known = new Map(Object.entries(stored));
  let accessToken: string | null = null;

  const remember = (result: { readonly data?: unknown }) => {
    const { accessToken: newToken, refreshToken: _secret, clientSecret: _ofClient, ...texts } = namedTexts(result.data);
    // The token of an API client does not replace the person's.
    if (!Object.hasOwn(Object(result.data), 'issueClientToken')) accessToken = newToken ?? accessToken;
    for (const [name, text] of Object.entries(texts)) if (text.length <= longestValue) known.set(name, text);
    sessionStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(known)));
  };

  globalThis.fetch = async (resource, given = {}) => {
    // GraphiQL sends no Request objects.
    if (resource instanceof Request) return await send(resource, given);
    const headers = new Headers(given.headers);
    if (accessToken !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${accessToken}`);
    const address = String(resource);
    const { query = '', variables } = operationOf(address, given.body);
    const missing = requiredVariables(query).filter((name) => variables?.[name] === undefined);
    const values = missing.map((name) => [name, freshValue(name) ?? known.get(name)] as const);
    const unknown = values.find(([, value]) => value === undefined);
    if (unknown !== undefined) {
      const message = `$${unknown[0]} has no value yet. Run the tabs before this one, or set it in the variables.`;
      return Response.json({ errors: [{ message }] });
    }
    const filled = { ...variables, ...Object.fromEntries(values) };
    const [url, options] = missing.length === 0 ? [address, given] : withVariables(address, given, filled);
    const response = await send(url, { ...options, headers });
    if (response.headers.get('content-type')?.includes('json') === true) remember(await response.clone().json());
    return response;
  };
}

/** The page's script. */
export const explorerSession = `(() => {
${[requiredVariables, namedTexts, freshValue, operationOf, withVariables, startExplorerSession].map(String).join('\n')}
startExplorerSession();
})()`;
