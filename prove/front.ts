import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';

export interface Front {
  readonly origin: string;
  readonly stop: () => Promise<void>;
}

/**
 * Shares requests between replicas in turn, each over a connection of its own. A replica that takes no connection is
 * passed over, as it is where it leaves a Service; a request that was sent is never repeated.
 */
export async function startFront(port: number, replicas: readonly string[]): Promise<Front> {
  let turn = 0;
  const server = createServer((incoming, answer) => {
    turn += 1;
    const order = replicas.map((_, place) => replicas[(turn + place) % replicas.length]!);
    pass(incoming, answer, order).catch(() => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()));
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

async function pass(incoming: IncomingMessage, answer: ServerResponse, replicas: readonly string[]): Promise<void> {
  const { socket, origin } = await firstThatTakes(replicas);
  const { method, url, headers } = incoming;
  const outgoing = request(`${origin}${url}`, {
    createConnection: () => socket,
    method,
    headers: { ...headers, connection: 'close' },
  });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  await pipeline(incoming, outgoing);
  const [response] = await answered;
  answer.writeHead(response.statusCode!, { 'content-type': response.headers['content-type'] ?? 'text/plain' });
  await pipeline(response, answer);
}

async function firstThatTakes(replicas: readonly string[]): Promise<{ socket: Socket; origin: string }> {
  for (const origin of replicas) {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    try {
      await once(socket, 'connect');
      return { socket, origin };
    } catch {
      socket.destroy();
    }
  }
  throw new Error(`none of ${replicas.join(', ')} takes a connection`);
}
