import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { addressOf } from '#test/router/address.ts';
import { createHttp, type Http } from '../http/http.ts';
import { listen } from '../http/listen.ts';
import { createLog } from '../telemetry/log.ts';
import { serveOperations } from './operations-http.ts';
import type { AnswerLine } from './operations.ts';
import type { OperationRequest } from './pipeline.ts';

let http: Http;
const answered: OperationRequest[] = [];
beforeAll(async () => {
  const log = createLog('test', 'silent');
  http = createHttp({ log, bodyLimit: 1_000_000 });
  serveOperations(
    http,
    async (operation) => {
      answered.push(operation);
      return { data: { query: operation.query } };
    },
    log,
  );
  await listen(http, '127.0.0.1', 0, 'none');
});
afterAll(async () => await http.close());
beforeEach(() => {
  answered.length = 0;
});

const documents = [{ query: '{ a }' }, { query: '{ b }', operationName: 'B' }];
const json = { 'content-type': 'application/json' };

async function send(body: string, headers: Record<string, string> = json) {
  const response = await fetch(`${addressOf(http.server)}/operations`, { method: 'POST', body, headers });
  return { status: response.status, text: await response.text() };
}

test('each operation is answered with its place, and called as whom it says', async () => {
  const operations = [
    [1, { x: 1 }, 'Bearer a', null],
    [0, {}, null, null],
    [1, {}, 'Bearer b', null],
  ];
  const { status, text } = await send(JSON.stringify({ documents, operations }));

  expect(status).toBe(200);
  expect(
    text
      .trim()
      .split('\n')
      .map((line): AnswerLine => JSON.parse(line))
      .toSorted(([one], [other]) => one - other),
  ).toEqual([
    [0, { data: { query: '{ b }' } }],
    [1, { data: { query: '{ a }' } }],
    [2, { data: { query: '{ b }' } }],
  ]);
  expect(answered.map(({ operationName, authorization }) => [operationName, authorization])).toEqual([
    ['B', 'Bearer a'],
    [undefined, undefined],
    ['B', 'Bearer b'],
  ]);
});

test('nothing is answered with nothing', async () => {
  expect(await send(JSON.stringify({ documents: [], operations: [] }))).toEqual({ status: 200, text: '' });
});

const operationsOf = (...operations: readonly unknown[]) => JSON.stringify({ documents, operations });
const call = [0, {}, null, null];
const misshapen: readonly [what: string, body: string][] = [
  ['is cut off', '{"documents":['],
  ['is empty', ''],
  ['is null', 'null'],
  ['is a list', '[]'],
  ['is an operation as clients send it', JSON.stringify({ query: '{ a }' })],
  ['has no documents', JSON.stringify({ operations: [call] })],
  ['has documents that are texts', JSON.stringify({ documents: ['{ a }'], operations: [call] })],
  ['has a document that is a number', JSON.stringify({ documents: [{ query: 5 }], operations: [call] })],
  ['has operations that are no list', JSON.stringify({ documents, operations: { 0: call } })],
  ['has an operation of three parts', operationsOf([0, {}, null])],
  ['has an operation of six parts', operationsOf([...call, null, null])],
  ['has a client without a device', operationsOf([...call, { sender: '192.0.2.1' }])],
  ['has a client with a long device', operationsOf([...call, { sender: '192.0.2.1', device: 'x'.repeat(61) }])],
  ['has a place past the documents', operationsOf([2, {}, null, null])],
  ['has a negative place', operationsOf([-1, {}, null, null])],
  ['has a place between two', operationsOf([0.5, {}, null, null])],
  ['has the name of a prototype for a place', operationsOf(['__proto__', {}, null, null])],
  ['has a place without end', '{"documents":[],"operations":[[1e400,{},null,null]]}'],
  ['has a good operation and a bad one', operationsOf(call, [9, {}, null, null])],
  ['has variables that are a list', operationsOf([0, [], null, null])],
  ['has variables that are null', operationsOf([0, null, null, null])],
  ['has a token that is a number', operationsOf([0, {}, 5, null])],
  ['names a prototype', '{"documents":[{"query":"{ a }"}],"operations":[[0,{"__proto__":{"a":1}},null,null]]}'],
  [
    'names the prototype of a constructor',
    '{"documents":[{"query":"{ a }"}],"operations":[[0,{"constructor":{"prototype":{"a":1}}},null,null]]}',
  ],
  ['has its documents twice', `{"documents":[{"query":"{ a }"}],"documents":[],"operations":[[0,{},null,null]]}`],
  ['has a query twice', `{"documents":[{"query":"{ a }","query":"{ b }"}],"operations":[[0,{},null,null]]}`],
  ['has a variable twice', `{"documents":[{"query":"{ a }"}],"operations":[[0,{"a":1,"a":2},null,null]]}`],
  ['begins with a byte order mark', `\ufeff${operationsOf(call)}`],
  ['has rubbish behind it', `${operationsOf(call)}x`],
  ['has more operations than the router sends', operationsOf(...Array.from({ length: 101 }, () => call))],
  [
    'has more documents than the router sends',
    JSON.stringify({ documents: Array.from({ length: 101 }, () => documents[0]), operations: [call] }),
  ],
];

describe('a request is refused whole where its body', () => {
  test.each(misshapen)('%s', async (_what, body) => {
    const { status, text } = await send(body);

    expect(status).toBe(400);
    expect(JSON.parse(text).errors).toEqual([{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }]);
    expect(answered).toEqual([]);
  });

  test('is not UTF-8', async () => {
    const [before, after] = operationsOf([0, { a: 'b' }, null, null]).split('"b"');
    const body = Buffer.concat([Buffer.from(`${before}"`), Buffer.from([0xc3, 0x28]), Buffer.from(`"${after}`)]);
    const response = await fetch(`${addressOf(http.server)}/operations`, { method: 'POST', body, headers: json });

    expect(response.status).toBe(400);
    expect(answered).toEqual([]);
  });

  test('is larger than 1 MB', async () => {
    expect(await send(operationsOf([0, { a: 'x'.repeat(1_000_000) }, null, null]))).toMatchObject({ status: 413 });
  });

  test.each([
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form of parts', { 'content-type': 'multipart/form-data; boundary=x' }],
  ])('is %s', async (_what, headers) => {
    const { status } = await send(operationsOf(call), headers);

    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(answered).toEqual([]);
  });
});

test.each(['GET', 'PUT', 'DELETE'])('there is nothing to %s', async (method) => {
  const response = await fetch(`${addressOf(http.server)}/operations`, { method });

  expect(response.status).toBe(404);
});
