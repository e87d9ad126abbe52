import { createSocket } from 'node:dgram';
import { expect, test } from '@jest/globals';
import { post } from './post.ts';
import { nameServers } from './resolve-name.ts';

/** Look-ups of names at a name server that a customer may control. */

const request = { headers: {}, body: '{}', reachable: 'public', signal: new AbortController().signal } as const;

test('a request asks the name servers, and not the threads of the process', async () => {
  const names: Readonly<Record<string, string>> = { 'inner.example': '10.0.0.1', 'nobody.example': '' };
  const server = createSocket('udp4');
  server.on('message', (query, { port, address }) => server.send(dnsAnswer(query, names), port, address));
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  const resolver = nameServers([`127.0.0.1:${server.address().port}`]);
  try {
    const results = Object.keys(names).map(
      async (name) => await post({ ...request, url: `https://${name}/` }, resolver),
    );
    expect((await Promise.all(results)).map(({ fault }) => fault)).toEqual(['ADDRESS_NOT_ALLOWED', 'NAME_NOT_FOUND']);
  } finally {
    server.close();
  }
});

/** The answer of a name server (RFC 1035, section 4.1): an IPv4 address, nothing, or that the name does not exist. */
function dnsAnswer(query: Buffer, names: Readonly<Record<string, string>>): Buffer {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at]!; length > 0; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  const address = names[labels.join('.').toLowerCase()] ?? '';
  const hasAnswer = address !== '' && query.readUInt16BE(at + 1) === 1;
  const head = Buffer.from([
    ...query.subarray(0, 2),
    0x81,
    address === '' ? 0x83 : 0x80,
    0,
    1,
    0,
    hasAnswer ? 1 : 0,
    0,
    0,
    0,
    0,
  ]);
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]);
  return Buffer.concat([head, query.subarray(12, at + 5), ...(hasAnswer ? [record] : [])]);
}
