import { Redis, type RedisOptions } from 'ioredis';
import { redisUrl, SettingsFault, trustedCertificates } from './settings.ts';

/** Where Redis is, and whom it is believed from. */
export interface RedisServer {
  /** `rediss:` is TLS, and the name in the address has to be in the server's certificate. */
  readonly redisUrl: string;
  /** Certificates (PEM) of those who may have issued the server's; without them, those whom Node trusts. */
  readonly redisCa?: string | undefined;
}

/** The same in every process that connects to Redis. */
export const redisSettings = { REDIS_URL: redisUrl.optional(), REDIS_CA_FILE: trustedCertificates.optional() };

interface ReadSettings {
  readonly REDIS_URL?: string | undefined;
  readonly REDIS_CA_FILE?: string | undefined;
}

/**
 * Null where no address is given.
 *
 * @throws SettingsFault where certificates are given for a server that would not be asked for one.
 */
export function redisServer({ REDIS_URL: url, REDIS_CA_FILE: ca }: ReadSettings): RedisServer | null {
  if (ca !== undefined && (url === undefined || !isEncrypted(url))) {
    throw new SettingsFault(['REDIS_CA_FILE is for a REDIS_URL that begins with rediss:']);
  }
  return url === undefined ? null : { redisUrl: url, redisCa: ca };
}

/** Connects, and again whenever the connection is lost, as the options say. */
export function connectToRedis(
  { redisUrl: url, redisCa: ca }: RedisServer,
  options: Omit<RedisOptions, 'replyMapping'>,
): Redis {
  const tls = ca === undefined ? {} : { ca };
  return new Redis(url, isEncrypted(url) ? { ...options, tls } : options);
}

function isEncrypted(url: string): boolean {
  return new URL(url).protocol === 'rediss:';
}
