import { Redis, type RedisOptions } from 'ioredis';
import { CannotStart } from '../process/process.ts';
import { type HostAndPort, hostList, redisUrl, SettingsFault, text, trustedCertificates } from '../process/settings.ts';

/** The Redis URL, with the user and the password of this process, and how to reach and to trust the server. */
export interface RedisServer {
  /**
   * With `rediss:` the connection uses TLS, and the server's certificate must contain the host of the URL. With
   * Sentinels, the host is the name of the group that they watch, and the certificate must contain the address that they
   * return.
   */
  readonly redisUrl: string;
  /** Where Sentinels watch the servers. They know which server is the primary. */
  readonly sentinels?: Sentinels | undefined;
  /** The trusted certificate authorities (PEM). The default is the list of Node. */
  readonly redisCa?: string | undefined;
}

interface Sentinels {
  readonly hosts: readonly HostAndPort[];
  readonly password?: string | undefined;
}

const shared = {
  REDIS_CA_FILE: trustedCertificates.optional(),
  REDIS_SENTINELS: hostList('sentinel-1:26379,sentinel-2:26379', 26_379).optional(),
  REDIS_SENTINEL_PASSWORD: text.optional(),
};

/** The settings of the jobs processes, and those of the router. The router's Redis user has fewer rights. */
export const redisSettings = { REDIS_URL: redisUrl.optional(), ...shared };
export const routerRedisSettings = { ROUTER_REDIS_URL: redisUrl.optional(), ...shared };

/** What the settings say of Redis. */
export interface RedisRead {
  readonly url: string | undefined;
  readonly REDIS_CA_FILE?: string | undefined;
  readonly REDIS_SENTINELS?: readonly HostAndPort[] | undefined;
  readonly REDIS_SENTINEL_PASSWORD?: string | undefined;
}

/**
 * Returns the Redis server of the settings; null if no URL is set.
 *
 * @param setting the name of the setting with the URL.
 * @throws SettingsFault if another setting of Redis has no use.
 */
export function redisServer(setting: 'REDIS_URL' | 'ROUTER_REDIS_URL', read: RedisRead): RedisServer | null {
  const { url, REDIS_CA_FILE: ca, REDIS_SENTINELS: hosts, REDIS_SENTINEL_PASSWORD: password } = read;
  const faults = [
    ca !== undefined && !isEncrypted(url) ? `REDIS_CA_FILE is for a ${setting} that begins with rediss:` : null,
    hosts !== undefined && url === undefined
      ? `REDIS_SENTINELS is for a ${setting} whose host is the name of a group of servers`
      : null,
    password !== undefined && hosts === undefined ? 'REDIS_SENTINEL_PASSWORD is for REDIS_SENTINELS' : null,
  ].filter((fault) => fault !== null);
  if (faults.length > 0) throw new SettingsFault(faults);
  if (url === undefined) return null;
  return { redisUrl: url, redisCa: ca, ...(hosts === undefined ? {} : { sentinels: { hosts, password } }) };
}

type ConnectionOptions = Omit<RedisOptions, 'replyMapping'>;

/** Connects to Redis, and connects again after a lost connection as the options say. */
export function connectToRedis(server: RedisServer, options: ConnectionOptions): Redis {
  const { redisUrl: url, redisCa: ca, sentinels } = server;
  const tls = ca === undefined ? {} : { ca };
  const all = {
    ...options,
    // The Redis users lack the right to CLIENT SETINFO, which ioredis sends by default.
    disableClientInfo: true,
    reconnectOnError,
  };
  if (sentinels === undefined) return new Redis(url, isEncrypted(url) ? { ...all, tls } : all);
  return new Redis({
    ...all,
    ...accountOf(url),
    ...sentinelOptions(sentinels),
    ...(isEncrypted(url) ? { tls, sentinelTLS: tls, enableTLSForSentinelMode: true } : {}),
  });
}

/** Connects again and repeats the command if the server has become a replica: then another one is the primary. */
const reconnectOnError = ({ message }: Error) => (message.startsWith('READONLY') ? 2 : false);

/** A Sentinel that takes longer to answer is skipped. */
const sentinelSilenceMs = 2_000;
const sentinelRetryMs = 500;

function sentinelOptions({ hosts, password }: Sentinels): ConnectionOptions {
  return {
    sentinels: hosts.map(({ host, port }) => ({ host, port })),
    sentinelCommandTimeout: sentinelSilenceMs,
    sentinelRetryStrategy: () => sentinelRetryMs,
    ...(password === undefined ? {} : { sentinelPassword: password }),
  };
}

/** The options of ioredis for the user, the password and the database of a URL. Its host names the Sentinels' group. */
function accountOf(url: string): ConnectionOptions {
  const { hostname, username, password, pathname } = new URL(url);
  const database = /^\/(\d+)$/.exec(pathname)?.[1];
  return {
    name: hostname,
    ...(username === '' ? {} : { username: decodeURIComponent(username) }),
    ...(password === '' ? {} : { password: decodeURIComponent(password) }),
    ...(database === undefined ? {} : { db: Number(database) }),
  };
}

/**
 * Refuses a node of a Redis Cluster: the keys of a queue would be on several nodes, where no script can use them.
 *
 * @throws CannotStart
 */
export async function refuseCluster(redis: Redis): Promise<void> {
  if (/^cluster_enabled:1\r?$/m.test(await redis.info('cluster'))) {
    throw new CannotStart(
      'REDIS_URL leads to a node of a Redis Cluster, which cannot hold the queues: use a Redis without cluster mode, with replicas and Sentinels for failover',
    );
  }
}

function isEncrypted(url: string | undefined): boolean {
  return url !== undefined && new URL(url).protocol === 'rediss:';
}
