import type { IncomingHttpHeaders } from 'node:http';

/**
 * The longest value of each header that is parsed, in characters. Node itself takes 16 kB of address and headers
 * together, which is too much for parsers that look at a part of a value again and again.
 */
const longestHeader: Readonly<Record<string, number>> = {
  accept: 1_000,
  'accept-encoding': 1_000,
  'content-encoding': 100,
  'content-type': 300,
  // 256 ids of notifications, and when the newest was written.
  'last-event-id': 2_600,
  origin: 300,
  'x-forwarded-for': 2_000,
};

const bounds = Object.entries(longestHeader);

/** In characters; an address in which a document or its variables stand may be as long as Node takes. */
const longestAddress = 2_000;
const graphqlRoutes = new Set<string | undefined>(['/graphql', '/graphql/stream']);

interface RequestHead {
  readonly url: string;
  /** The pattern that the router matched, whatever the address looks like: it may name a host or escape letters. */
  readonly routeOptions: { readonly url?: string | undefined };
  readonly headers: IncomingHttpHeaders;
}

/** Why a request is not read; null where it is. */
export function headFault({ url, routeOptions, headers }: RequestHead): string | null {
  if (url.length > longestAddress && !graphqlRoutes.has(routeOptions.url)) {
    return `The address has at most ${longestAddress} characters.`;
  }
  const tooLong = bounds.find(([name, most]) => (headers[name]?.length ?? 0) > most);
  return tooLong === undefined ? null : `The header "${tooLong[0]}" has at most ${tooLong[1]} characters.`;
}
