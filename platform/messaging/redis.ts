import { Redis, type RedisOptions } from 'ioredis';
import { redisUrl, SettingsFault, trustedCertificates } from '../process/settings.ts';

/** The Redis URL, with the user and the password of this process, and the certificate authorities trusted for it. */
export interface RedisServer {
  /** `rediss:` is TLS, and the name in the address has to be in the server's certificate. */
  readonly redisUrl: string;
  /** Certificates (PEM) of those who may have issued the server's; without them, those whom Node trusts. */
  readonly redisCa?: string | undefined;
}

const ca = { REDIS_CA_FILE: trustedCertificates.optional() };

/** Of the processes that relay and work, and of the router: the router's user of Redis may do less. */
export const redisSettings = { REDIS_URL: redisUrl.optional(), ...ca };
export const routerRedisSettings = { ROUTER_REDIS_URL: redisUrl.optional(), ...ca };

/**
 * Null where no address is given.
 *
 * @param setting the name of the setting that carries the address.
 * @throws SettingsFault where certificates are given for a server that would not be asked for one.
 */
export function redisServer(
  setting: 'REDIS_URL' | 'ROUTER_REDIS_URL',
  url: string | undefined,
  ca: string | undefined,
): RedisServer | null {
  if (ca !== undefined && (url === undefined || !isEncrypted(url))) {
    throw new SettingsFault([`REDIS_CA_FILE is for a ${setting} that begins with rediss:`]);
  }
  return url === undefined ? null : { redisUrl: url, redisCa: ca };
}

/** Connects, and again whenever the connection is lost, as the options say. */
export function connectToRedis(
  { redisUrl: url, redisCa: ca }: RedisServer,
  options: Omit<RedisOptions, 'replyMapping'>,
): Redis {
  const tls = ca === undefined ? {} : { ca };
  // The users of Redis may not send what it would say of the client.
  const all = { ...options, disableClientInfo: true };
  return new Redis(url, isEncrypted(url) ? { ...all, tls } : all);
}

function isEncrypted(url: string): boolean {
  return new URL(url).protocol === 'rediss:';
}
