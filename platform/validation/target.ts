import { isIP } from 'node:net';
import { isReachable, type ReachableAddresses } from './addresses.ts';

/** The ports at which receivers in the internet are called. k8s/ opens the same ones. */
export const publicPorts = [443, 8443] as const;

/** In characters. */
const longestUrl = 2_000;

/**
 * Checks the URL of a receiver, before any name is looked up. The address of a name is checked at each connection.
 *
 * @returns the URL as the parser writes it, or a sentence that says what is wrong with it.
 */
export function targetIn(text: string, reachable: ReachableAddresses): { readonly url: string } | string {
  const url = text.length > longestUrl || /[\s\p{Cc}\\]/u.test(text) ? null : URL.parse(text);
  // The parser encodes characters, so the URL that is stored can be longer than the text.
  if (url === null || url.href.length > longestUrl)
    return `Enter a URL of at most ${longestUrl} characters, such as https://shop.example/webhooks.`;
  const isTrial = reachable === 'private';
  if (url.protocol !== 'https:' && !(isTrial && url.protocol === 'http:')) return 'The URL must begin with https://.';
  if (url.username !== '' || url.password !== '') return 'The URL must not contain a user name or a password.';
  if (url.hash !== '') return 'The URL must not contain a fragment (#).';
  if (!isTrial && !isPublicPort(url.port)) return `The port must be ${publicPorts.join(' or ')}.`;
  return isPossibleHost(url.hostname, reachable) ? { url: url.href } : 'The URL must name a host in the internet.';
}

const isPublicPort = (port: string) => port === '' || publicPorts.some((allowed) => port === String(allowed));

/** The parser has turned every form of an IPv4 address, such as 0x7f.1 and 2130706433, into the usual one. */
function isPossibleHost(hostname: string, reachable: ReachableAddresses): boolean {
  const address = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(address) !== 0) return isReachable(address, reachable);
  if (reachable === 'private') return true;
  const name = hostname.replace(/\.$/, '');
  return name.includes('.') && !internalNames.test(name);
}

/** Names that no public DNS server resolves (RFC 6761, RFC 6762, RFC 8375, RFC 9476 and ICANN). */
const internalNames = /\.(?:localhost|local|internal|home\.arpa|lan|corp|home|test|invalid|alt|onion)$/i;
