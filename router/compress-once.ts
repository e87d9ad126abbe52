import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';

/** The best encoding first. */
const encodings = {
  br: async (text: string) =>
    await promisify(brotliCompress)(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: async (text: string) => await promisify(gzip)(text),
};

type Encoding = keyof typeof encodings;

export interface Compressed {
  readonly encoding: Encoding;
  readonly body: Promise<Buffer>;
}

/** Compresses a large text once for each encoding, when a client that accepts it asks first. */
export function compressOnce(text: string): (headers: IncomingHttpHeaders) => Compressed | null {
  const compressed = new Map<Encoding, Promise<Buffer>>();
  return (headers) => {
    const encoding = preferredEncoding(headers);
    if (encoding === undefined) return null;
    const body = compressed.get(encoding) ?? encodings[encoding](text);
    compressed.set(encoding, body);
    return { encoding, body };
  };
}

/** Returns the best encoding that the client accepts; undefined where it accepts none of them. */
function preferredEncoding(headers: IncomingHttpHeaders): Encoding | undefined {
  const names = Object.keys(encodings) as Encoding[];
  const accepted = new Negotiator({ headers }).encodings(names);
  return names.find((name) => accepted.includes(name));
}
