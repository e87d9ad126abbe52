import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHttp } from '#platform/http/http.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { serveProviderEvents } from './provider-events.ts';

const log = createLog('test', 'silent');
const http = createHttp({ log, bodyLimit: 100_000 });
const received: { headers: unknown; body: string }[] = [];
let billing: Server;
let url: string;
beforeAll(async () => {
  billing = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('hex') });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => billing.listen(0, '127.0.0.1', resolve));
  serveProviderEvents(http, `http://127.0.0.1:${(billing.address() as AddressInfo).port}/provider/events`, log);
  url = `${await http.listen({ host: '127.0.0.1', port: 0 })}/provider/events`;
});
afterAll(async () => {
  await http.close();
  billing.close();
});

const post = async (body: Buffer, headers: Record<string, string> = {}) =>
  (
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'webhook-id': 'evt_1', ...headers },
      body: new Uint8Array(body),
    })
  ).status;

test('forwards an event byte by byte, with the headers of its signature only', async () => {
  // Neither valid JSON nor valid UTF-8: the signature decides.
  const body = Buffer.from('7b2261223a20 31 2e 30 30 ff 7d'.replaceAll(' ', ''), 'hex');
  expect(await post(body, { authorization: 'Bearer a-token', 'x-other': 'x' })).toBe(204);
  const [{ headers, body: sent }] = received as [{ headers: Record<string, string>; body: string }];
  expect(sent).toBe(body.toString('hex'));
  expect(headers).toMatchObject({ 'webhook-id': 'evt_1', 'webhook-signature': '' });
  expect(Object.keys(headers).filter((name) => /authorization|x-other/.test(name))).toEqual([]);
});

test('refuses other types and long events, and answers 503 without billing', async () => {
  expect(await post(Buffer.alloc(16_001, 32))).toBe(413);
  expect(await post(Buffer.from('a=b'), { 'content-type': 'text/plain' })).toBe(415);
  await new Promise((resolve) => {
    billing.closeAllConnections();
    billing.close(resolve);
  });
  expect(await post(Buffer.from('{}'))).toBe(503);
});
