import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Ports of 127.0.0.1 that nobody listens on at the moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(async (server) => await once(server, 'listening')));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(async (server) => await once(server.close(), 'close')));
  return ports;
}

/** Where a server of this process listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A server without a port.');
  return address.port;
}
