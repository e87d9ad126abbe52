import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * Returns the sender of a request: its IP address, or for IPv6 its /64 network, since one customer controls all of it.
 *
 * @param proxies the number of proxies in front of this server, each of which appends its client's address to
 *   `X-Forwarded-For`. Earlier entries are ignored, since a client can forge them.
 */
export function senderOf({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>, proxies: number): string {
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const addresses = [...forwarded, socket.remoteAddress ?? ''];
  return networkOf(addresses[Math.max(0, addresses.length - 1 - proxies)]!);
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address.slice(0, 45);
  const [head = '', tail = ''] = address.split('%')[0]!.split('::');
  const [before, after] = [head, tail].map((part) => part.split(':').filter((group) => group !== '')) as [
    string[],
    string[],
  ];
  const zeros = address.includes('::') ? Array<string>(8 - before.length - after.length).fill('0') : [];
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}
