import { isIPv4 } from 'node:net';

/** Networks that are not on the internet (RFC 1918, RFC 6598, RFC 3927). */
const privateNetworks =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/** IPv6: unique local and link-local addresses (RFC 4193, RFC 4291). */
const privateNetworks6 = /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/i;

/** IPv6's loopback address and its network, as the router names it. */
const loopback6 = /^(?:::1|(?:0+:){3,7}0*1|(?:0:){3}0::\/64)$/;

/** The words for an address that is not readable. */
const unknownNetwork = 'an unknown network';

/**
 * Describes the network of a client's address in words: enough to recognise one's own, and not the address itself.
 *
 * @param sender an IP address, or for IPv6 its /64 network.
 */
export function placeOf(sender: string): string {
  const address = sender.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(address)) {
    if (address.startsWith('127.')) return 'this machine';
    if (privateNetworks.test(address)) return 'a private network';
    return `the network ${address.split('.').slice(0, 3).join('.')}.0/24`;
  }
  if (loopback6.test(address)) return 'this machine';
  if (privateNetworks6.test(address)) return 'a private network';
  const groups = groupsOf(address);
  return groups === null ? unknownNetwork : `the network ${groups.slice(0, 3).join(':')}::/48`;
}

/** The first four groups or more of an IPv6 address; null where the text is not one. */
function groupsOf(text: string): string[] | null {
  const address = text.replace(/(?:%.*)?(?:\/64)?$/, '');
  if (!/^[0-9a-f:]{2,39}$/i.test(address) || !address.includes(':')) return null;
  const [head = '', tail] = address.split('::');
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - before!.length - after!.length)).fill('0');
  return [...before!, ...zeros, ...after!].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''));
}
