import { lookup } from 'node:dns';
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { errorText } from '../../telemetry/log.ts';
import { isReachable, type ReachableAddresses } from '../../validation/addresses.ts';
import { targetIn } from '../../validation/target.ts';
import { type NameResolver, nameServers } from './resolve-name.ts';

/** A request to a receiver whose URL a customer has chosen. */
export interface OutgoingPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly reachable: ReachableAddresses;
  /** Ends the request early, for example because the process stops. */
  readonly signal: AbortSignal;
}

/** The answer of the receiver, or why there was none. */
export type PostResult =
  | { readonly status: number; readonly excerpt: string; readonly fault: null }
  | { readonly status: null; readonly excerpt: null; readonly fault: PostFault };

/** Why a receiver did not answer. The product shows it to the customer, so it names no address and no host. */
export const postFaults = [
  'ADDRESS_NOT_ALLOWED',
  'NAME_NOT_FOUND',
  'CONNECTION_FAILED',
  'TLS_FAILED',
  'TIMED_OUT',
  'INVALID_ANSWER',
] as const;
export type PostFault = (typeof postFaults)[number];

const publicNames = nameServers();

/** From the first look-up of the name to the last byte of the answer that is read. */
const answerWithinMs = 10_000;
const connectWithinMs = 5_000;
const longestHeadBytes = 16_384;
/** Of the answer's body. The rest is not read. */
const excerptBytes = 1_024;

/**
 * Sends one POST request. The name is looked up once, each of its addresses is checked, and the connection goes to a
 * checked address: a name that changes its address later does not help an attacker. Redirects are not followed, proxies
 * are not used, and the connection is not kept.
 *
 * @param resolveName looks up the addresses of a name. If not given: the name servers, or the system's look-up where private
 *   addresses are allowed, because a trial uses names of this machine.
 */
export async function post(
  { url, headers, body, reachable, signal }: OutgoingPost,
  resolveName: NameResolver = reachable === 'public' ? publicNames : lookup,
): Promise<PostResult> {
  const target = targetIn(url, reachable);
  if (typeof target === 'string') return failed('ADDRESS_NOT_ALLOWED');
  const { promise, resolve } = Promise.withResolvers<PostResult>();
  const secure = target.url.startsWith('https:');
  const ended = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]);
  const end = () => resolve(failed('TIMED_OUT'));
  if (ended.aborted) return failed('TIMED_OUT');
  ended.addEventListener('abort', end, { once: true });
  const options = { keepAlive: false, lookup: checkedLookup(reachable, resolveName) };
  const request = (secure ? requestHttps : requestHttp)(target.url, {
    method: 'POST',
    agent: secure ? new HttpsAgent(options) : new HttpAgent(options),
    headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
    maxHeaderSize: longestHeadBytes,
    signal: ended,
  });
  request.on('socket', (socket) => {
    let timer: NodeJS.Timeout | undefined;
    const begin = () => {
      timer = setTimeout(() => request.destroy(new TimedOut()), connectWithinMs);
    };
    const connected = () => clearTimeout(timer);
    // An address needs no look-up.
    if (isIP(new URL(target.url).hostname.replace(/^\[(.*)\]$/, '$1')) === 0) socket.once('lookup', begin);
    else begin();
    socket.once(secure ? 'secureConnect' : 'connect', connected).once('close', connected);
  });
  request.on('response', (response) => {
    resolve(answerIn(response));
  });
  request.on('upgrade', (response, socket) => {
    socket.destroy();
    resolve({ status: response.statusCode ?? 0, excerpt: '', fault: null });
  });
  request.on('error', (error) => resolve(failed(faultOf(error))));
  // After an answer or an error, this changes nothing.
  request.on('close', () => resolve(failed('CONNECTION_FAILED')));
  request.end(body);
  try {
    return await promise;
  } finally {
    ended.removeEventListener('abort', end);
    request.destroy();
  }
}

async function answerIn(response: IncomingMessage): Promise<PostResult> {
  return { status: response.statusCode ?? 0, excerpt: await excerptOf(response), fault: null };
}

const failed = (fault: PostFault): PostResult => ({ status: null, excerpt: null, fault });

/** Reads the beginning of a body. An answer whose body breaks off has a status all the same. */
async function excerptOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      chunks.push(chunk as Buffer);
      bytes += (chunk as Buffer).length;
      if (bytes >= excerptBytes) break;
    }
  } catch {
    // The status counts.
  }
  return printable(Buffer.concat(chunks).subarray(0, excerptBytes).toString());
}

/** PostgreSQL stores no NUL, and a reader's terminal must get no control sequences. */
const printable = (text: string) => text.toWellFormed().replaceAll(/[^\P{C}\n\t]/gu, '\uFFFD');

/** @throws through its callback, where one of the addresses of a name may not be reached. */
function checkedLookup(reachable: ReachableAddresses, resolveName: NameResolver): LookupFunction {
  return (hostname, options, done) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const isAllowed = addresses.length > 0 && addresses.every(({ address }) => isReachable(address, reachable));
      if (!isAllowed) return done(new AddressNotAllowed(), []);
      if (options.all === true) return done(null, addresses);
      const [{ address, family }] = addresses as [(typeof addresses)[number]];
      done(null, address, family);
    });
  };
}

class AddressNotAllowed extends Error {
  constructor() {
    super('the address may not be reached');
    this.name = 'AddressNotAllowed';
  }
}

class TimedOut extends Error {
  constructor() {
    super('the receiver took too long');
    this.name = 'TimedOut';
  }
}

/** Connecting to several addresses at once fails with one error for each. */
function faultOf(error: unknown): PostFault {
  const [cause = error] = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  const { code = '', name = '' } = cause as { code?: string; name?: string };
  if (cause instanceof AddressNotAllowed) return 'ADDRESS_NOT_ALLOWED';
  if (cause instanceof TimedOut || name === 'AbortError' || name === 'TimeoutError' || code === 'ETIMEDOUT')
    return 'TIMED_OUT';
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return 'NAME_NOT_FOUND';
  if (code.startsWith('HPE_')) return 'INVALID_ANSWER';
  if (/^ERR_(?:TLS|SSL)|CERT|_SIGNATURE|EPROTO/.test(`${code} ${errorText(cause)}`)) return 'TLS_FAILED';
  return 'CONNECTION_FAILED';
}
