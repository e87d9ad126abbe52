import { Redis, type RedisOptions } from 'ioredis';
import { redisUrl, SettingsFault, trustedCertificates } from '../process/settings.ts';

/** The Redis URL, with the user and the password of this process, and the certificate authorities trusted for it. */
export interface RedisServer {
  /** With `rediss:` the connection uses TLS, and the server's certificate must contain the host of the URL. */
  readonly redisUrl: string;
  /** The trusted certificate authorities (PEM). The default is the list of Node. */
  readonly redisCa?: string | undefined;
}

const ca = { REDIS_CA_FILE: trustedCertificates.optional() };

/** The settings of the jobs processes, and those of the router. The router's Redis user has fewer rights. */
export const redisSettings = { REDIS_URL: redisUrl.optional(), ...ca };
export const routerRedisSettings = { ROUTER_REDIS_URL: redisUrl.optional(), ...ca };

/**
 * Returns the Redis server of the settings; null if no URL is set.
 *
 * @param setting the name of the setting with the URL.
 * @throws SettingsFault if certificates are set but the URL does not use TLS.
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

/** Connects to Redis, and connects again after a lost connection as the options say. */
export function connectToRedis(
  { redisUrl: url, redisCa: ca }: RedisServer,
  options: Omit<RedisOptions, 'replyMapping'>,
): Redis {
  const tls = ca === undefined ? {} : { ca };
  // The Redis users lack the right to CLIENT SETINFO, which ioredis sends by default.
  const all = { ...options, disableClientInfo: true };
  return new Redis(url, isEncrypted(url) ? { ...all, tls } : all);
}

function isEncrypted(url: string): boolean {
  return new URL(url).protocol === 'rediss:';
}
