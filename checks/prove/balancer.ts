import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { pause } from '#platform/process/pause.ts';

/** A process to which the balancer can forward connections. */
export interface Replica {
  readonly origin: string;
  /** The status of its `/health/ready`. */
  readonly readiness: () => Promise<number>;
}

export interface Balancer {
  readonly stop: () => Promise<void>;
}

const pollMs = 500;

/**
 * Forwards TCP connections to replicas in turn, as a Service of Kubernetes does. It chooses among the replicas that were
 * ready at the last poll. A connection stays with its replica, and nothing is retried.
 */
export async function startBalancer(port: number, replicas: readonly Replica[]): Promise<Balancer> {
  const stopping = new AbortController();
  const sockets = new Set<Socket>();
  let ready: readonly Replica[] = [];
  let turn = 0;

  const server = createServer((inbound) => {
    turn += 1;
    const replica = ready[turn % ready.length];
    if (replica === undefined) {
      inbound.destroy();
      return;
    }
    const outbound = connect(Number(new URL(replica.origin).port), '127.0.0.1');
    for (const [socket, other] of [
      [inbound, outbound],
      [outbound, inbound],
    ] as const) {
      sockets.add(socket.setNoDelay());
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
  });

  const pollReadiness = async () => {
    const states = await Promise.all(replicas.map(async (replica) => await replica.readiness()));
    ready = replicas.filter((_, index) => states[index] === 200);
  };
  const keepPolling = async () => {
    while (!stopping.signal.aborted) {
      await pollReadiness();
      await pause(pollMs, stopping.signal);
    }
  };
  await pollReadiness();
  const polling = keepPolling();
  await once(server.listen(port, '127.0.0.1'), 'listening');
  return {
    stop: async () => {
      stopping.abort();
      await polling;
      for (const socket of sockets) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
