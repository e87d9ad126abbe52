import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * Who sends a request, as far as its address tells: of IPv6 only the network, since its owner has every address in it.
 *
 * @param proxies that stand before this server and each add to `X-Forwarded-For` whom they were asked by; what stands
 * before theirs, anybody may have written.
 */
export function senderOf({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>, proxies: number): string {
  const told = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');
  const addresses = [...told, socket.remoteAddress ?? ''];
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
