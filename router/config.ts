import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { redisServer, routerRedisSettings } from '#platform/messaging/redis.ts';
import {
  connections,
  count,
  drainSettings,
  durationMs,
  durationS,
  flag,
  httpUrl,
  intervalS,
  managementSettings,
  password,
  port,
  postgresUrl,
  processSettings,
  proxies,
  readSettings,
  SettingsFault,
  text,
  tokenSettings,
} from '#platform/process/settings.ts';
import { type ListedSubgraph, listSubgraphs, urlSettings } from './subgraph-urls.ts';

const origins = text
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every((origin) => URL.parse(origin)?.origin === origin),
    'must be origins such as https://a.example',
  );

const listed = (items: string) => items.split(',').map((item) => item.trim());

const files = text
  .transform(listed)
  .refine((items) => !items.includes(''), 'must be a list of file paths separated by commas, without an empty entry');

const clientNames = text
  .transform(listed)
  .refine(
    (names) => names.length <= 20 && names.every((name) => /^[\w.:@/-]{1,64}$/.test(name)),
    'must be at most 20 names of 1 to 64 letters, digits and . : @ / _ -, separated by commas',
  );

const supergraphFile = text.default(fileURLToPath(new URL('../schema.graphql', import.meta.url)));

/** The settings that do not depend on the supergraph. */
const routerSettings = {
  ...processSettings,
  ...tokenSettings,
  ...drainSettings,
  ...managementSettings,
  ROUTER_PORT: port.default(4000),
  ROUTER_MANAGEMENT_PORT: port.default(4100),
  SUPERGRAPH_FILE: supergraphFile,
  PUBLIC_URL: httpUrl.default('http://localhost:4000'),
  JWKS_URL: httpUrl.default('http://127.0.0.1:4001/.well-known/jwks.json'),
  SUBGRAPH_TIMEOUT_MS: durationMs.default(2_500),
  SUBGRAPH_CONNECTIONS: connections.default(128),
  BODY_LIMIT_BYTES: count.default(100_000),
  OPERATION_COST_LIMIT: count.default(5_000),
  OWN_EXECUTION: flag.default(true),
  CORS_ORIGINS: origins.default([]),
  ONLY_REGISTERED_OPERATIONS: flag.default(false),
  OPERATION_MANIFESTS: files.default([]),
  CLIENT_NAMES: clientNames.default(['console']),
  RATE_LIMITS: flag.default(true),
  SIGN_IN_LIMIT: count.default(3_000),
  SIGN_IN_WINDOW_S: intervalS.default(600),
  CUSTOMER_COST_PER_MINUTE: count.default(1_000_000),
  CLIENT_COST_PER_MINUTE: count.default(500_000),
  TRUSTED_PROXIES: proxies.default(0),
  INTROSPECTION: flag.default(true),
  EXPLORER: flag.default(true),
  FORMER_PATHS: flag.default(true),
  MCP: z.enum(['on', 'off'], 'must be on or off').default('off'),
  MCP_SECRET: password.optional(),
  PROVIDER_EVENTS_URL: httpUrl.optional(),
  ROUTER_DATABASE_URL: postgresUrl.optional(),
  ...routerRedisSettings,
  STATEMENTS_PER_CUSTOMER: count.default(2),
  STATEMENTS_AT_ONCE: count.default(20),
  JOBS_LISTENER_DATABASE_URL: postgresUrl.optional(),
  LIVE_STREAMS_PER_CUSTOMER: count.default(20),
  LIVE_RECHECK_S: intervalS.default(30),
  LIVE_BUFFER_BYTES: count.default(262_144),
  MAIL_FOLDER: text.optional(),
  MAIL_INBOX_KEY: password.optional(),
  CONSOLE_FOLDER: text.default(fileURLToPath(new URL('../web/dist', import.meta.url))),
  SESSION_COOKIE_MAX_AGE_S: durationS.default(2_592_000),
};

/** The settings with the supergraph of this project. */
export const settings = { ...routerSettings, ...urlSettings(listSubgraphs(supergraphFile.parse(undefined))) };

export type RouterConfig = ReturnType<typeof readConfig>;

/**
 * Reads the settings. The supergraph says which subgraphs there are, and so which settings name their URLs.
 *
 * @throws SettingsFault
 */
export function readConfig(environment = process.env) {
  const file = supergraphFile.safeParse(environment['SUPERGRAPH_FILE'] || undefined);
  const subgraphs = file.success ? listSubgraphs(file.data) : [];
  refuseClaimedSettings(subgraphs);
  const urls = urlSettings(subgraphs);
  const read = readSettings({ ...routerSettings, ...urls }, environment);
  const given: Readonly<Record<string, unknown>> = read;
  return {
    ...read,
    /** By the name of the subgraph. */
    subgraphUrls: new Map(subgraphs.map(({ name, setting }) => [name, String(given[setting])])),
    redis: redisServer('ROUTER_REDIS_URL', { ...read, url: read.ROUTER_REDIS_URL }),
  };
}

/** A subgraph named `jwks` would claim JWKS_URL. */
function refuseClaimedSettings(subgraphs: readonly ListedSubgraph[]): void {
  const faults = subgraphs
    .filter(({ setting }) => setting in routerSettings)
    .map(({ name, setting }) => `${setting} cannot name the URL of the subgraph ${name}: rename the subgraph`);
  if (faults.length > 0) throw new SettingsFault(faults);
}
