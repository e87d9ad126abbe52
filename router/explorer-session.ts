/**
 * Scripts of the explorer's page, which is given the text of these functions. They make each example ready to run after
 * the ones before it: the token and the ids of earlier answers are sent without being copied.
 */

type Values = Readonly<Record<string, unknown>>;

interface Operation {
  readonly query?: string;
  readonly variables?: Values | null;
}

/** The names of the variables that a document requires: those of a type with `!` and without a default. */
export function requiredVariables(document: string): string[] {
  const definitions = document.replaceAll(/#[^\n]*/g, '').matchAll(/\$(\w+)\s*:([\w[\]!\s]+)(=?)/g);
  return [...definitions]
    .filter(([, , type, equals]) => type!.trim().endsWith('!') && equals === '')
    .map(([, name]) => name!);
}

/** The texts in an answer by the names of their fields; of several with one name, the first. */
export function namedTexts(answer: unknown): Record<string, string> {
  if (typeof answer !== 'object' || answer === null) return {};
  let found: Record<string, string> = {};
  for (const [name, value] of Object.entries(answer)) {
    const more = typeof value === 'string' ? { [name]: value } : namedTexts(value);
    found = { ...more, ...found };
  }
  return found;
}

/** What a required variable is filled in with for one run; null where it takes an earlier answer. */
export function freshValue(name: string): string | null {
  const unique = crypto.getRandomValues(new Uint32Array(2)).join('-');
  if (name === 'idempotencyKey') return unique;
  return name === 'newEmail' ? `ada.${unique}@example.com` : null;
}

/** The operation of a request, which GraphiQL sends in the body, and a subscription in the address. */
export function operationOf(address: string, body: unknown): Operation {
  if (typeof body === 'string') return JSON.parse(body) as Operation;
  const { searchParams } = new URL(address, globalThis.location?.href);
  const variables = JSON.parse(searchParams.get('variables') ?? '{}') as Values;
  return { query: searchParams.get('query') ?? '', variables };
}

/** The request with these variables. */
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
 * Replaces the page's `fetch`. Requests get the token of the last answer that had one, unless their headers have an
 * authorization, and values for their required variables. The token lives as long as the document; other values are
 * kept for the tab of the browser, so that a reloaded page can sign in again.
 */
export function startExplorerSession(): void {
  const send = globalThis.fetch;
  const storageKey = 'explorer-session';
  const longestValue = 200;
  const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? '{}') as Record<string, string>;
  const known = new Map(Object.entries(stored));
  let accessToken: string | null = null;

  const remember = (answer: { readonly data?: unknown }) => {
    const { accessToken: newToken, refreshToken: _secret, ...texts } = namedTexts(answer.data);
    accessToken = newToken ?? accessToken;
    for (const [name, text] of Object.entries(texts)) if (text.length <= longestValue) known.set(name, text);
    sessionStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(known)));
  };

  globalThis.fetch = async (resource, given = {}) => {
    // GraphiQL sends none.
    if (resource instanceof Request) return await send(resource, given);
    const headers = new Headers(given.headers);
    if (accessToken !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${accessToken}`);
    const address = String(resource);
    const { query = '', variables } = operationOf(address, given.body);
    const lacking = requiredVariables(query).filter((name) => variables?.[name] === undefined);
    const values = lacking.map((name) => [name, freshValue(name) ?? known.get(name)] as const);
    const unknown = values.find(([, value]) => value === undefined);
    if (unknown !== undefined) {
      const message = `$${unknown[0]} has no value yet. Run the tabs before this one, or write it in the variables.`;
      return Response.json({ errors: [{ message }] });
    }
    const filled = { ...variables, ...Object.fromEntries(values) };
    const [url, options] = lacking.length === 0 ? [address, given] : withVariables(address, given, filled);
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
