import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/**
 * The ports to choose from. They are below the range from which operating systems take the ports of outgoing
 * connections (from 32768 on Linux). A port from that range may be taken between the choice and its use.
 */
const lowest = 12_000;
const highest = 32_000;

/** @returns different ports of 127.0.0.1 that are currently free. */
export async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  while (servers.length < count) servers.push(...(await listenOnAny()));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(async (server) => await once(server.close(), 'close')));
  return ports;
}

/** @returns a server on a random port, or none if the port is in use. */
async function listenOnAny(): Promise<readonly Server[]> {
  const server = createServer().listen(randomInt(lowest, highest), '127.0.0.1');
  try {
    await once(server, 'listening');
    return [server];
  } catch {
    return [];
  }
}

/** @returns the port of a server in this process. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
