import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What a client does with a connection; it ends with the connection closed. */
export type Misbehaviour = (origin: string) => Promise<void>;

/** Sends these bytes, and then does with the connection what `leave` says. */
function sends(bytes: string | Buffer, leave: Leave): Misbehaviour {
  return async (origin) => {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    const closed = once(socket, 'close');
    await once(socket, 'connect');
    socket.write(bytes);
    await leave(socket);
    await closed;
  };
}

type Leave = (socket: Socket) => void | Promise<void>;

const resets: Leave = (socket) => void socket.resetAndDestroy();
const ends: Leave = (socket) => void socket.resume().end();
const staysSilent: Leave = (socket) => void socket.resume();
/** Once the answer has begun, which is therefore on its way. */
const resetsInAnswer: Leave = async (socket) => {
  await Promise.race([once(socket, 'data'), once(socket, 'close')]);
  socket.resetAndDestroy();
};
/** After the request has been read, and most likely before it is answered. */
const resetsBeforeAnswer: Leave = async (socket) => {
  await new Promise((resolve) => socket.write('', resolve));
  await new Promise((resolve) => setImmediate(resolve));
  socket.resetAndDestroy();
};

/** A whole request, with a body if there is one. */
function requestText(line: string, headers: Readonly<Record<string, string>> = {}, body: string | null = null): string {
  const all = {
    host: 'localhost',
    ...headers,
    ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${line} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`;
}

const json = { 'content-type': 'application/json' };
const webSocket = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
};
/** The first bytes of TLS 1.2, as of a client that takes the port for HTTPS. */
const clientHello = Buffer.from('16030100c8010000c40303', 'hex');
const http2Preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const mask = Buffer.from([0x81, 0xff, 1, 2, 3]);

/** What is no request, or half of one, whatever the port serves. */
export const unreadable: Readonly<Record<string, Misbehaviour>> = {
  'connects and leaves': sends('', ends),
  'connects and resets': sends('', resets),
  'sends half a request line and leaves': sends('POST /gra', ends),
  'sends half a request line and resets': sends('POST /gra', resets),
  'sends half of the headers and leaves': sends('POST /graphql HTTP/1.1\r\nhost: a\r\nx-', ends),
  'sends half of the headers and resets': sends('POST /graphql HTTP/1.1\r\nhost: a\r\nx-', resets),
  'sends half of the headers and waits': sends('POST /graphql HTTP/1.1\r\nhost: a\r\nx-', staysSilent),
  'sends nothing and waits': sends('', staysSilent),
  'sends what is no HTTP': sends('SELECT 1;\r\n\r\n', ends),
  'sends a malformed request line': sends('GET  /graphql HTTP/9.9\r\n\r\n', ends),
  'sends bytes that are no text': sends(Buffer.from('00ff00fe', 'hex'), ends),
  'speaks TLS': sends(clientHello, ends),
  'speaks HTTP/2': sends(http2Preface, ends),
  'sends too many headers': sends(requestText('GET /graphql', { 'x-a': 'a'.repeat(100_000) }), ends),
  'sends too many headers and resets': sends(requestText('GET /graphql', { 'x-a': 'a'.repeat(100_000) }), resets),
  'sends an address that cannot be decoded': sends(requestText('GET /%ZZ', { connection: 'close' }), ends),
  'sends two lengths': sends(
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    ends,
  ),
  'sends a chunk that is none': sends(
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    ends,
  ),
  'names no host': sends('GET /graphql HTTP/1.1\r\n\r\n', ends),
  'asks for a tunnel': sends('CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n', ends),
  traces: sends(requestText('TRACE /', { connection: 'close' }), ends),
  'expects what nobody offers': sends(requestText('GET /', { expect: 'something', connection: 'close' }), ends),
};

/** Half of the requests that a path takes, and whole ones whose answers nobody waits for. */
export function abandoned(line: string, headers: Readonly<Record<string, string>>, body: string | null = null) {
  const whole = requestText(line, headers, body);
  const announced = (length: number) => requestText(line, { ...headers, ...json, 'content-length': String(length) });
  const chunked = requestText(line, { ...headers, ...json, 'transfer-encoding': 'chunked' });
  const wayOf: Record<string, Misbehaviour> = {
    'leaves before the answer': sends(whole, ends),
    'resets at once': sends(whole, resets),
    'resets before the answer': sends(whole, resetsBeforeAnswer),
    'resets in the middle of the answer': sends(whole, resetsInAnswer),
    'resets with many requests under way': sends(whole.repeat(20), resetsInAnswer),
    'asks for a WebSocket and resets': sends(
      Buffer.concat([Buffer.from(requestText(line, { ...headers, ...webSocket })), mask]),
      resetsInAnswer,
    ),
  };
  if (body === null) return wayOf;
  return {
    ...wayOf,
    'sends no body and leaves': sends(announced(1_000), ends),
    'sends half of a body and leaves': sends(announced(1_000) + body.slice(0, 20), ends),
    'sends half of a body and resets': sends(announced(1_000) + body.slice(0, 20), resetsBeforeAnswer),
    'sends half of the chunks and resets': sends(`${chunked}5\r\n{"a":\r\n`, resetsBeforeAnswer),
    'sends half of the chunks and leaves': sends(`${chunked}5\r\n{"a":\r\n`, ends),
    'sends a body that is no JSON and resets': sends(requestText(line, headers, '{"query":'), resetsBeforeAnswer),
    'sends a body that is too large and resets': sends(announced(100_000_000) + 'a'.repeat(10_000), resetsBeforeAnswer),
    'waits to be told to go on, and leaves': sends(
      requestText(line, { ...headers, ...json, expect: '100-continue', 'content-length': '1000' }),
      resetsInAnswer,
    ),
  };
}
