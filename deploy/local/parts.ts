import * as billing from '#billing/config.ts';
import * as jobs from '#jobs/config.ts';
import * as notification from '#notification/config.ts';
import * as order from '#order/config.ts';
import * as router from '#router/config.ts';
import * as user from '#user/config.ts';
import { type LauncherConfig, settings as launcherSettings } from './config.ts';
import { type GivenUrls, settingsOf } from './credentials.ts';
import { jobKeysFor } from './job-keys.ts';
import { routerRedis } from './router-redis.ts';

export const partConfigs = { user, billing, order, notification, jobs, router };

export const partNames = ['user', 'billing', 'order', 'notification', 'jobs', 'router'] as const;
export type PartName = (typeof partNames)[number];

/** A process of the system. */
export interface Part {
  readonly name: PartName;
  /** The file that it runs. */
  readonly entry: URL;
  readonly environment: NodeJS.ProcessEnv;
  readonly readyUrl: string;
}

const entries = {
  user: '../../subgraphs/user/server.ts',
  billing: '../../subgraphs/billing/server.ts',
  order: '../../subgraphs/order/server.ts',
  notification: '../../subgraphs/notification/server.ts',
  jobs: '../../jobs/server.ts',
  router: '../../router/server.ts',
};

export const portSettings = {
  user: 'USER_PORT',
  billing: 'BILLING_PORT',
  order: 'ORDER_PORT',
  notification: 'NOTIFICATION_PORT',
  jobs: 'JOBS_PORT',
  router: 'ROUTER_PORT',
} as const;

/** The ports on which the parts answer operators. */
export const managementPortSettings = {
  user: 'USER_MANAGEMENT_PORT',
  billing: 'BILLING_MANAGEMENT_PORT',
  order: 'ORDER_MANAGEMENT_PORT',
  notification: 'NOTIFICATION_MANAGEMENT_PORT',
  jobs: 'JOBS_MANAGEMENT_PORT',
  router: 'ROUTER_MANAGEMENT_PORT',
} as const;

/** The settings of all ports that the parts listen on. */
export const everyPortSetting = [...Object.values(portSettings), ...Object.values(managementPortSettings)];

export interface PartsOptions {
  readonly config: LauncherConfig;
  readonly databases: GivenUrls;
  /** What the parts may be told beside what the launcher decides. */
  readonly environment: NodeJS.ProcessEnv;
  /** Node keeps compiled code in this folder, for faster starts. */
  readonly compileCache: string;
}

const everySetting = new Set(
  [launcherSettings, ...Object.values(partConfigs).map(({ settings }) => settings)].flatMap(Object.keys),
);

/**
 * The processes of the system and what each is told: where its databases and the other parts are, and the settings
 * that it reads, but nobody else's.
 */
export function planParts({ config, databases, environment, compileCache }: PartsOptions): Part[] {
  const decided = {
    ...settingsOf(databases),
    ...jobKeysFor(databases, environment),
    ...routerRedis(environment),
    ...partAddresses(config),
  };
  return partNames.map((name) => {
    const own = new Set(Object.keys(partConfigs[name].settings));
    return {
      name,
      entry: new URL(entries[name], import.meta.url),
      environment: {
        ...pick(environment, (setting) => !everySetting.has(setting) || own.has(setting)),
        ...pick(decided, (setting) => own.has(setting)),
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: compileCache,
        APOLLO_TELEMETRY_DISABLED: 'true',
      },
      readyUrl: `${managementOriginOf(config, name)}/health/ready`,
    };
  });
}

function partAddresses(config: LauncherConfig): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(everyPortSetting.map((setting) => [setting, String(config[setting])])),
    USER_URL: `${originOf(config, 'user')}/graphql`,
    BILLING_URL: `${originOf(config, 'billing')}/graphql`,
    ORDER_URL: `${originOf(config, 'order')}/graphql`,
    NOTIFICATION_URL: `${originOf(config, 'notification')}/graphql`,
    JWKS_URL: `${originOf(config, 'user')}/.well-known/jwks.json`,
  };
}

const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Where a part is reached from this machine, which is not where it listens if that is every address. */
export function originOf(config: LauncherConfig, name: PartName): string {
  return reachedAt(config.HOST, config[portSettings[name]]);
}

/** Where a part answers operators, as this machine reaches it. */
export function managementOriginOf(config: LauncherConfig, name: PartName): string {
  return reachedAt(config.MANAGEMENT_HOST, config[managementPortSettings[name]]);
}

function reachedAt(listensOn: string, port: number): string {
  const host = everyAddress[listensOn] ?? listensOn;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function pick(environment: NodeJS.ProcessEnv, wanted: (setting: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([setting]) => wanted(setting)));
}
