import { type AmbiguousRequest, chunks, harmless, percent, preflighted } from './ambiguous-parts.ts';
import { ambiguousAddresses } from './ambiguous-addresses.ts';
import { ambiguousBodies } from './ambiguous-bodies.ts';

/** @param path the GraphQL endpoint, such as `/graphql`. */
export function ambiguousRequests(path: string): readonly AmbiguousRequest[] {
  const get = (target: string, headers: readonly string[] = [preflighted]) =>
    Buffer.from(`GET ${target} HTTP/1.1\r\n${head(headers)}\r\n`);
  const post = (body: string | Buffer, headers: readonly string[] = [], target = path) => {
    const bytes = Buffer.from(body as string);
    const types = headers.some((line) => /^content-type/i.test(line)) ? [] : ['Content-Type: application/json'];
    const lengths = headers.some((line) => /^transfer-encoding/i.test(line)) ? [] : [`Content-Length: ${bytes.length}`];
    return Buffer.concat([
      Buffer.from(`POST ${target} HTTP/1.1\r\n${head([...types, ...headers, ...lengths])}\r\n`),
      bytes,
    ]);
  };

  const body = (query: string) => `{"query":${JSON.stringify(query)}}`;
  return [
    ...ambiguousAddresses(path).map(([what, outcome, target]) => ({
      what: `GET: ${what}`,
      outcome,
      request: (query: string) => get(target(query)),
    })),
    ...ambiguousBodies.map(([what, outcome, write, headers]) => ({
      what: `POST: ${what}`,
      outcome,
      request: (query: string) => post(write(query), headers),
    })),
    {
      what: 'GET: a body as well',
      outcome: 'refused',
      request: (query) => {
        const bytes = body(query);
        return Buffer.concat([
          get(`${path}?query=${percent(harmless)}`, [
            preflighted,
            'Content-Type: application/json',
            `Content-Length: ${bytes.length}`,
          ]),
          Buffer.from(bytes),
        ]);
      },
    },
    {
      what: 'GET: chunks of a body as well',
      outcome: 'refused',
      request: (query) =>
        Buffer.concat([
          get(`${path}?query=${percent(harmless)}`, [preflighted, 'Transfer-Encoding: chunked']),
          Buffer.from(chunks(body(query))),
        ]),
    },
    {
      what: 'GET: another method in a header',
      outcome: 'read',
      request: (query) => get(`${path}?query=${percent(query)}`, [preflighted, 'X-HTTP-Method-Override: POST']),
    },
    {
      what: 'GET: another URL in a header',
      outcome: 'read',
      request: (query) =>
        get(`${path}?query=${percent(query)}`, [preflighted, `X-Original-URL: /nothing`, 'X-Rewrite-URL: /nothing']),
    },
    ...['query', 'operationName', 'variables', 'extensions'].map((name): AmbiguousRequest => ({
      what: `POST: \`${name}\` in the URL as well`,
      outcome: 'refused',
      request: (query) => post(body(query), [], `${path}?${name}=${percent(harmless)}`),
    })),
    {
      what: 'POST: the query in the URL only',
      outcome: 'refused',
      request: (query) => post('{"operationName":null}', [], `${path}?query=${percent(query)}`),
    },
    {
      what: 'POST: another parameter in the URL',
      outcome: 'read',
      request: (query) => post(body(query), [], `${path}?trace=1`),
    },
    {
      what: 'POST: two tokens',
      outcome: 'refused',
      request: (query) => post(body(query), ['Authorization: Bearer a', 'Authorization: Bearer b']),
    },
    {
      what: 'POST: a length with a sign',
      outcome: 'refused',
      request: (query) => withLength(body(query), (length) => `+${length}`),
    },
    {
      what: 'POST: a length in a list',
      outcome: 'refused',
      request: (query) => withLength(body(query), (length) => `${length}, ${length}`),
    },
    {
      what: 'POST: two lengths',
      outcome: 'refused',
      request: (query) => withLength(body(query), (length) => `${length}\r\nContent-Length: ${length}`),
    },
    {
      what: 'POST: a length that is too short',
      outcome: 'refused',
      request: (query) => withLength(body(query), (length) => String(length - 2)),
    },
  ];

  function withLength(text: string, lengthOf: (length: number) => string): Buffer {
    const length = `Content-Length: ${lengthOf(text.length)}`;
    return Buffer.from(`POST ${path} HTTP/1.1\r\n${head(['Content-Type: application/json', length])}\r\n${text}`);
  }
}

function head(lines: readonly string[]): string {
  return ['Host: a', 'Connection: close', ...lines].map((line) => `${line}\r\n`).join('');
}
