import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** @returns different ports of 127.0.0.1 that are currently free. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(async (server) => await once(server, 'listening')));
  const ports = servers.map(portOf);
  await Promise.all(servers.map(async (server) => await once(server.close(), 'close')));
  return ports;
}

/** @returns the port of a server in this process. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
