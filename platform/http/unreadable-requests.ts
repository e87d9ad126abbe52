import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { errorBody } from '../errors/faults.ts';
import { strictHeaders } from './strict-headers.ts';

/** The codes of Node's HTTP server for a connection without a readable request. */
interface ReadError extends Error {
  readonly code?: string;
}

/** Responds to requests that are not HTTP, have too many headers or never end, and closes the connection. */
export function answerUnreadable(error: ReadError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  // In the middle of a response, a second one would look like a part of it. Node checks this too.
  const answer = Reflect.get(socket, '_httpMessage') as ServerResponse | null | undefined;
  if (socket.writable && answer?.headersSent !== true) socket.write(unreadableAnswer(error));
  socket.destroySoon();
}

function unreadableAnswer({ code }: ReadError): string {
  const [status, message] = faultOf(code);
  const body = JSON.stringify(errorBody('BAD_REQUEST', message));
  const headers = {
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...strictHeaders,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}

function faultOf(code: string | undefined): [status: number, message: string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'The request did not arrive in time.'];
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'The headers are too large.'];
  return [400, 'The request is malformed.'];
}
