import type { Http } from '#platform/http/http.ts';
import { compressOnce } from './compress-once.ts';
import { examples } from './explorer-examples.ts';
import { explorerSession } from './explorer-session.ts';

/** The initial text of the headers editor. */
const headers = `{
  // The token of your last Register or Login is sent.
  // To act as another customer, put a token here:
  // "Authorization": "Bearer ACCESS_TOKEN"
}`;

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#d60590" stroke-width="2" stroke-linejoin="round"><path d="M3 6h15v4M3 6v13h18v-9H5a2 2 0 0 1-2-2V6Z"/><path d="M16 14.5h2" stroke-linecap="round"/></svg>`;

/** Returns GraphiQL with the first session in its tabs. The page is self-contained. */
export async function explorerPage(): Promise<string> {
  // The library is nine megabytes; only a router with an explorer loads it.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({
    title: 'Wallet and orders',
    logo,
    favicon: `data:image/svg+xml,${encodeURIComponent(logo)}`,
    endpoint: '/graphql',
    defaultTabs: examples.map((query) => ({ query, headers })),
    defaultHeaders: headers,
    defaultEditorToolsVisibility: 'headers',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
  });
  return page.replace('<body', () => `${style}<script>${explorerSession}</script><body`);
}

/** Keeps a pressed tab in its position. Otherwise it jumps away from the pointer, and the click is lost. */
const style = `<style>
  .graphiql-tab { transform: none !important; }
  .graphiql-logo { white-space: nowrap; }
</style>`;

/** Allows the page's own parts and this server. */
const contentSecurityPolicy = "default-src 'self' 'unsafe-inline' data: blob:; frame-ancestors 'none'";

/** Serves the page compressed, since it has nine megabytes. */
export function serveCompressed(http: Http, page: string): void {
  const compressed = compressOnce(page);

  // Every response passes here, so only the page's creates a promise.
  http.addHook('onSend', (request, reply, payload, done): Promise<unknown> | void => {
    if (payload !== page) return done(null, payload);
    void reply.header('content-security-policy', contentSecurityPolicy).header('vary', 'accept, accept-encoding');
    const chosen = compressed(request.headers);
    if (chosen === null) return done(null, payload);
    void reply.header('content-encoding', chosen.encoding);
    return chosen.body;
  });
}
