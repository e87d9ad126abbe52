import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly to: string;
  /** Headers and text, as they were sent. */
  readonly source: string;
}

/** The reply that refuses a recipient, such as `550 No such user`; null to accept it. */
export type MailRefusal = (recipient: string) => string | null;

/**
 * A mail server of this process (RFC 5321, as much as a client needs of it).
 *
 * @param refusal refuses a recipient before the message.
 * @param refusalOfMessage refuses the message to a recipient.
 */
export async function startMailServer(refusal: MailRefusal = () => null, refusalOfMessage: MailRefusal = () => null) {
  const received: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  let maxAtOnce = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    maxAtOnce = Math.max(maxAtOnce, sockets.size);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    converse(socket, { refusal, refusalOfMessage, received });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A server without a port.');

  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    connections: () => sockets.size,
    maxConnections: () => maxAtOnce,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}

interface Conversation {
  readonly refusal: MailRefusal;
  readonly refusalOfMessage: MailRefusal;
  readonly received: ReceivedMail[];
}

function converse(socket: Socket, { refusal, refusalOfMessage, received }: Conversation): void {
  const reply = (line: string) => socket.write(`${line}\r\n`);
  let pending = '';
  let to = '';
  let source: string[] | null = null;

  function take(line: string): void {
    if (source !== null) {
      if (line === '.') {
        const refused = refusalOfMessage(to);
        if (refused === null) received.push({ to, source: source.join('\n') });
        source = null;
        reply(refused ?? '250 Taken');
      } else source.push(line.replace(/^\.\./, '.'));
      return;
    }
    const [command = ''] = line.toUpperCase().split(' ');
    if (command === 'RCPT') {
      to = /<(.*)>/.exec(line)?.[1] ?? '';
      reply(refusal(to) ?? '250 Ok');
    } else if (command === 'DATA') {
      source = [];
      reply('354 Go on');
    } else if (command === 'QUIT') {
      reply('221 Bye');
      socket.end();
    } else reply('250 Ok');
  }

  reply('220 Ready');
  socket.setEncoding('utf8').on('data', (text: string) => {
    const lines = (pending + text).split('\r\n');
    pending = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}
