import type { Contender } from '../compare.ts';
import { type Graph, hiveModes, type Server, startHive, startStock } from './contenders.ts';
import { type LoadRequest, loadHttp } from './http-load.ts';

/** A server by its URL and process. A server without a process is measured by its rate alone. */
export type Servers = Readonly<Record<string, { readonly url: string; readonly pid?: number }>>;

export const ours = 'our router';
export const stock = 'Apollo Server with @apollo/gateway';
export const hiveNames = hiveModes.map((mode) => `Hive Gateway, ${mode}`);
export const hiveRust = hiveNames.at(-1)!;

/** Starts the other gateways, by their names in the tables. */
export async function startPeers(graph: Graph, running: AsyncDisposableStack): Promise<Servers> {
  const servers: Record<string, Server> = {};
  const add = (name: string, server: Server) => {
    running.defer(server.stop);
    servers[name] = server;
  };
  add(stock, await startStock(graph));
  for (const [index, mode] of hiveModes.entries()) add(hiveNames[index]!, await startHive(graph, mode));
  return servers;
}

/**
 * @param requestOf the request of a connection; `first` is the number of requests in earlier rounds, which continues in
 *   the numbers of this round's requests.
 */
export function httpContender(
  name: string,
  pid: number | undefined,
  connections: number,
  requestOf: (connection: number, first: number) => LoadRequest,
): Contender {
  let sent = 0;
  return {
    name,
    ...(pid === undefined ? {} : { pid }),
    /** @throws if a request fails. */
    rate: async (seconds) => {
      const first = sent;
      const of = (connection: number) => requestOf(connection, first);
      const { requests, failed, seconds: took } = await loadHttp(of, { connections, seconds });
      sent += requests + connections;
      if (failed > 0) throw new Error(`${name}: ${failed} of ${requests} requests failed`);
      return requests / took;
    },
  };
}
