import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Which IP addresses a request for a customer may go to. `public` allows globally reachable unicast addresses only.
 * `private` also allows loopback and private networks, for trials on one machine. Neither allows link-local addresses,
 * where clouds serve credentials.
 */
export type ReachableAddresses = 'public' | 'private';

/** @see https://www.iana.org/assignments/iana-ipv4-special-registry */
const neverV4 = [
  '0.0.0.0/8', // this network
  '100.64.0.0/10', // carrier-grade NAT
  '169.254.0.0/16', // link-local, with the metadata service of clouds
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.31.196.0/24', // AS112
  '192.52.193.0/24', // AMT relays
  '192.88.99.0/24', // 6to4 relays
  '192.175.48.0/24', // AS112
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, with the broadcast address
];

const privateV4 = ['10.0.0.0/8', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/**
 * Everything outside the global unicast addresses, 2000::/3, is refused separately: also the forms that contain an IPv4
 * address, such as ::ffff:127.0.0.1 and 64:ff9b::7f00:1.
 *
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const neverV6 = [
  '2001::/23', // protocol assignments, with Teredo
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4: it contains an IPv4 address
  '2620:4f:8000::/48', // AS112
  '3fff::/20', // documentation
];

const privateV6 = ['::1/128', 'fc00::/7'];

/** Metadata services of clouds within private networks. */
const metadata = ['fd00:ec2::254/128', 'fd20:ce::254/128'];

const never = blockListOf([...neverV4, ...neverV6, ...metadata]);
const privateOnes = blockListOf([...privateV4, ...privateV6]);
const globalUnicast = blockListOf(['2000::/3']);

/**
 * Whether a request may go to this address.
 *
 * @param address in any textual form of IPv4 or IPv6. Any other text may not be reached.
 */
export function isReachable(address: string, reachable: ReachableAddresses): boolean {
  // A zone names an interface of this machine.
  const family = address.includes('%') ? 0 : isIP(address);
  if (family === 0) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (never.check(address, type)) return false;
  if (privateOnes.check(address, type)) return reachable === 'private';
  return !isIPv6(address) || globalUnicast.check(address, type);
}

function blockListOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/') as [string, string];
    list.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}
