import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { portOf } from '#test/free-ports.ts';
import { until } from '#test/until.ts';
import { createHttp, type Http } from './http.ts';
import { listen } from './listen.ts';
import { createLog } from '../telemetry/log.ts';

const options = { log: createLog('test', 'silent'), bodyLimit: 1_000 };

let http: Http;
beforeAll(async () => {
  http = createHttp({ ...options, patience: { headersMs: 500, requestMs: 1_500, silenceMs: 1_000 } });
  http.post('/', async () => 'read');
  // More than what the machine keeps of a connection by itself.
  http.get('/large', async () => Buffer.alloc(50_000_000));
  http.get('/half', async (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(200).write('half an answer');
  });
  await listen(http, '127.0.0.1', 0, 'none');
});
afterAll(async () => {
  http.server.closeAllConnections();
  await http.close();
});

async function connection(): Promise<Socket> {
  const socket = connect(portOf(http.server), '127.0.0.1');
  await once(socket, 'connect');
  return socket.on('error', () => undefined);
}

const openConnections = async () => await promisify(http.server.getConnections.bind(http.server))();

describe('clients that never finish', () => {
  const post = 'POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  const withHeader = `${post}X-A: `;
  const withBody = `${post}Content-Length: 1000\r\n\r\n`;
  const halves = ['', 'P', post, withHeader, withBody, `${post}Transfer-Encoding: chunked\r\n\r\n1\r\n1`];

  test('keep nobody else waiting, and are let go, also where they send on and on', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 600 }, async (_, index) => {
        const half = halves[index % halves.length]!;
        const socket = await connection();
        socket.write(half);
        return { socket, whole: wholeOf(socket), sendsOn: index % 4 < 2 && (half === withHeader || half === withBody) };
      }),
    );
    const dripping = sockets.flatMap(({ socket, sendsOn }) => (sendsOn ? [socket] : []));
    const drip = setInterval(() => dripping.forEach((socket) => socket.write('1')), 100);

    const honest = await fetch(`http://127.0.0.1:${portOf(http.server)}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '"x"',
    });
    expect([honest.status, await honest.text()]).toEqual([200, 'read']);
    await Promise.all(sockets.map(({ whole }) => whole));
    clearInterval(drip);
  });

  test('are told so', async () => {
    const socket = await connection();
    socket.write(post);

    expect(await wholeOf(socket)).toMatch(
      /^HTTP\/1\.1 408 Request Timeout\r\n.*content-security-policy: .*\{"errors":\[\{"message":/s,
    );
  });

  test('are let go where it is the answer that they do not read', async () => {
    const socket = await connection();
    socket.write('GET /large HTTP/1.1\r\nHost: a\r\n\r\n');

    await until('the connection', async () => (await openConnections()) === 1);
    expect(await until('its end', async () => (await openConnections()) === 0)).toBe(true);
    socket.destroy();
  });

  test('are not waited for longer than half a minute', () => {
    expect(createHttp(options).server).toMatchObject({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      timeout: 30_000,
    });
  });
});

test('what is no HTTP does not get into an answer that has begun', async () => {
  const socket = await connection();
  const whole = wholeOf(socket);
  socket.write('GET /half HTTP/1.1\r\nHost: a\r\n\r\n');
  await once(socket, 'data');
  socket.write('NOT HTTP\r\n\r\n');

  expect((await whole).match(/HTTP\/1\.1/g)).toHaveLength(1);
});

/** All that comes until the connection is closed, or reset because the server closes it while the client sends on. */
async function wholeOf(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString();
}
