import { once } from 'node:events';
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends raw bytes, and reads the answer until the connection is closed. */
export async function sendRaw(url: string, request: string | Buffer): Promise<RawAnswer> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined).write(request);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'close');
  const [head = '', ...rest] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  const [first = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => nameAndValue(line)));
  return { status: Number(first.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}

function nameAndValue(line: string): [string, string] {
  const [name = '', value = ''] = line.split(/: (.*)/s, 2);
  return [name.toLowerCase(), value];
}
