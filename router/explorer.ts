import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Http } from '#platform/http/http.ts';
import { examples } from './explorer-examples.ts';
import { explorerSession } from './explorer-session.ts';

/** Shown where the headers of a request go. */
const headers = `{
  // The token of your last Register or Login is sent.
  // To act as another customer, put a token here:
  // "Authorization": "Bearer ACCESS_TOKEN"
}`;

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#d60590" stroke-width="2" stroke-linejoin="round"><path d="M3 6h15v4M3 6v13h18v-9H5a2 2 0 0 1-2-2V6Z"/><path d="M16 14.5h2" stroke-linecap="round"/></svg>`;

/** GraphiQL with a first session in its tabs, whole: nothing is loaded from anywhere else. */
export async function explorerPage(): Promise<string> {
  // Nine megabytes, which only a router with an explorer has to hold.
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

/**
 * A pressed tab would jump to where it was first laid out, away from the mouse, so that the click is lost: it has to
 * stay.
 */
const style = `<style>
  .graphiql-tab { transform: none !important; }
  .graphiql-logo { white-space: nowrap; }
</style>`;

/** What the page may reach: its own parts and this server. */
const contentSecurityPolicy = "default-src 'self' 'unsafe-inline' data: blob:; frame-ancestors 'none'";

/** Sends the page compressed, since it has nine megabytes. Each compression is done once, when it is first asked for. */
export function serveCompressed(http: Http, page: string): void {
  const compressed = new Map<string, Promise<Buffer>>();

  // Only for the page is a promise made: every other answer passes here too.
  http.addHook('onSend', (request, reply, payload, done): Promise<unknown> | void => {
    if (payload !== page) return done(null, payload);
    void reply.header('content-security-policy', contentSecurityPolicy).header('vary', 'accept, accept-encoding');
    const accepted = acceptedEncodings(request.headers['accept-encoding']);
    const encoding = encodings.find(({ name }) => accepted.includes(name));
    if (encoding === undefined) return done(null, payload);
    const body = compressed.get(encoding.name) ?? encoding.compress(page);
    compressed.set(encoding.name, body);
    void reply.header('content-encoding', encoding.name);
    return body;
  });
}

const encodings = [
  {
    name: 'br',
    compress: async (text: string) =>
      await promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  },
  { name: 'gzip', compress: async (text: string) => await promisify(gzip)(text) },
];

function acceptedEncodings(header: string | string[] = ''): (string | undefined)[] {
  return String(header)
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
}
