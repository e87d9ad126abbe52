import type { IncomingHttpHeaders } from 'node:http';

/**
 * The maximum length of each header that is parsed, in characters. Node accepts 16 kB for URL and headers together, which
 * is too long for parsers whose work is not linear.
 */
const longestHeader: Readonly<Record<string, number>> = {
  accept: 1_000,
  'accept-encoding': 1_000,
  'content-encoding': 100,
  'content-type': 300,
  'idempotency-key': 1_000,
  'if-none-match': 1_000,
  // 256 ids of notifications, and the time of the newest.
  'last-event-id': 2_600,
  origin: 300,
  prefer: 300,
  'x-forwarded-for': 2_000,
};

const bounds = Object.entries(longestHeader);

/** In characters. A URL with a document or its variables may be as long as Node accepts. */
const longestAddress = 2_000;
const graphqlRoutes = new Set<string | undefined>(['/graphql', '/graphql/stream']);

interface RequestHead {
  readonly url: string;
  /** The matched route pattern, not the URL, which can contain a host or escapes. */
  readonly routeOptions: { readonly url?: string | undefined };
  readonly headers: IncomingHttpHeaders;
}

/** Returns why a request is refused; null if it is accepted. */
export function headFault({ url, routeOptions, headers }: RequestHead): string | null {
  if (url.length > longestAddress && !graphqlRoutes.has(routeOptions.url)) {
    return `The URL must not have more than ${longestAddress} characters.`;
  }
  const tooLong = bounds.find(([name, most]) => (headers[name]?.length ?? 0) > most);
  return tooLong === undefined ? null : `The header "${tooLong[0]}" must not have more than ${tooLong[1]} characters.`;
}
