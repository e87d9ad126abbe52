import { type LookupAddress, type LookupAllOptions, promises as dns } from 'node:dns';
import { callbackify } from 'node:util';

/** Calls back with all addresses of a name. */
export type NameResolver = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Of the first of two tries at a name server. */
const tryMs = 1_500;

/**
 * Looks names up at the name servers of this machine, or at those given. The system's own look-up occupies one of few
 * threads for as long as a slow name server takes, so a few hostile names would delay all others and password hashing.
 * It also knows names of this machine only, such as those in /etc/hosts, which are not public.
 */
export function nameServers(servers?: readonly string[]): NameResolver {
  const resolver = new dns.Resolver({ timeout: tryMs, tries: 2 });
  if (servers !== undefined) resolver.setServers(servers);
  const resolve = callbackify(async (hostname: string) => await addressesOf(resolver, hostname));
  return (hostname, _options, done) =>
    resolve(hostname, (error, addresses: LookupAddress[] | undefined) => done(error, addresses ?? []));
}

/** @throws ENOTFOUND, or ETIMEDOUT where no name server answered. */
async function addressesOf(resolver: dns.Resolver, hostname: string): Promise<LookupAddress[]> {
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 })) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 })) : []),
  ];
  if (found.length > 0) return found;
  const isSilent = [four, six].some((one) => one.status === 'rejected' && codeOf(one.reason) === 'ETIMEOUT');
  throw Object.assign(new Error('the name has no address'), { code: isSilent ? 'ETIMEDOUT' : 'ENOTFOUND' });
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
