import * as jobs from '#jobs/config.ts';
import { settingForEach, settingName } from '#platform/process/setting-names.ts';
import * as router from '#router/config.ts';
import { loadConfig, loadEach, type SubgraphConfig } from '#subgraphs/load.ts';
import { type SubgraphName, subgraphNames, tokenIssuer } from '#subgraphs/manifest.ts';
import { type LauncherConfig, settings as launcherSettings } from './config.ts';
import { type GivenUrls, settingsOf } from './credentials.ts';
import { type CipherKeys, cipherKeysUnlessSet, newCipherKeys } from './cipher-keys.ts';
import { jobKeysFor } from './job-keys.ts';
import { routerRedis } from './router-redis.ts';

export type PartName = SubgraphName | 'jobs' | 'router';
export const partNames: readonly PartName[] = [...subgraphNames, 'jobs', 'router'];

export const partConfigs: Readonly<Record<SubgraphName, SubgraphConfig>> & {
  readonly jobs: typeof jobs;
  readonly router: typeof router;
} = { ...(await loadEach(subgraphNames, loadConfig)), jobs, router };

/** A process of the system. */
export interface Part {
  readonly name: PartName;
  /** The file that it runs. */
  readonly entry: URL;
  readonly environment: NodeJS.ProcessEnv;
  readonly readyUrl: string;
}

/** The file that a part runs, from the root of the project. */
export function entryOf(name: PartName): string {
  return name === 'jobs' || name === 'router' ? `${name}/server.ts` : `subgraphs/${name}/server.ts`;
}

/** The settings of the ports on which the parts serve clients or each other. */
export const portSettings = partNames.map((name) => settingName(name, 'PORT'));

/** The settings of the ports on which the parts serve health checks and metrics. */
export const managementPortSettings = partNames.map((name) => settingName(name, 'MANAGEMENT_PORT'));

/** The settings of all ports on which the parts listen. */
export const everyPortSetting = [...portSettings, ...managementPortSettings];

export interface PartsOptions {
  readonly config: LauncherConfig;
  readonly databases: GivenUrls;
  /** The settings that the parts get in addition to those that the launcher decides. */
  readonly environment: NodeJS.ProcessEnv;
  /** Node stores compiled code in this folder, for faster starts. */
  readonly compileCache: string;
  /** The folder in which the system stores mail if no mail server is set; undefined to store none. */
  readonly mailFolder?: string;
  /** The key of the page that shows that mail; undefined for no page. */
  readonly inboxKey?: string | undefined;
  /** Returns the keys of secrets that this machine keeps, where none are set. Not given: new keys. */
  readonly cipherKeys?: () => CipherKeys;
}

const everySetting = new Set(
  [launcherSettings, ...Object.values(partConfigs).map(({ settings }) => settings)].flatMap((shape) =>
    Object.keys(shape),
  ),
);

/**
 * The processes of the system with the environment of each: the URLs of its databases and of the other parts, and only
 * those settings that it reads.
 */
export function planParts({
  config,
  databases,
  environment,
  compileCache,
  mailFolder,
  inboxKey,
  cipherKeys = newCipherKeys,
}: PartsOptions): Part[] {
  const defaults = {
    PUBLIC_URL: originOf(config, 'router'),
    // Receivers of a trial run on this machine. A system that others reach must not call its own network for them.
    WEBHOOK_PRIVATE_TARGETS: servesThisMachineOnly(config, environment) ? 'allow' : 'refuse',
    ...mailDefaults(environment, mailFolder),
    ...(environment['FUNDING'] === 'provider'
      ? { PROVIDER_EVENTS_URL: `${originOf(config, 'billing')}/provider/events` }
      : {}),
  };
  const decided = {
    ...settingsOf(databases),
    ...jobKeysFor(databases, environment),
    ...cipherKeysUnlessSet(environment, cipherKeys),
    ...routerRedis(environment),
    ...partAddresses(config),
    ...(inboxKey === undefined ? {} : { MAIL_INBOX_KEY: inboxKey }),
  };
  return partNames.map((name) => {
    const own = new Set(Object.keys(partConfigs[name].settings));
    return {
      name,
      entry: new URL(`../../${entryOf(name)}`, import.meta.url),
      environment: {
        ...pick(defaults, (setting) => own.has(setting)),
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

/** Mail in a folder does not leave this machine, so nobody is protected by a limit of it. */
function mailDefaults({ SMTP_URL }: NodeJS.ProcessEnv, folder: string | undefined): NodeJS.ProcessEnv {
  if (folder === undefined || (SMTP_URL ?? '') !== '') return {};
  return {
    MAIL_FOLDER: folder,
    MAILS_PER_RECIPIENT: unlimited,
    MAILS_PER_SENDER: unlimited,
    NOTIFICATION_MAILS_PER_RECIPIENT: unlimited,
    NOTIFICATION_MAILS_PER_SENDER: unlimited,
  };
}

const unlimited = '1000000000';

function partAddresses(config: LauncherConfig): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(everyPortSetting.map((setting) => [setting, String(config[setting])])),
    ...settingForEach(subgraphNames, 'URL', (name) => `${originOf(config, name)}/graphql`),
    JWKS_URL: `${originOf(config, tokenIssuer)}/.well-known/jwks.json`,
  };
}

const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** The origin at which this machine reaches a part: the loopback address if the part listens on every address. */
export function originOf(config: LauncherConfig, name: PartName): string {
  return reachedAt(config.HOST, config[settingName(name, 'PORT')]);
}

/** The origin at which this machine reaches the management port of a part. */
export function managementOriginOf(config: LauncherConfig, name: PartName): string {
  return reachedAt(config.MANAGEMENT_HOST, config[settingName(name, 'MANAGEMENT_PORT')]);
}

/** A proxy or a tunnel on this machine can serve others although the system listens on a loopback address. */
function servesThisMachineOnly({ HOST }: LauncherConfig, { TRUSTED_PROXIES, PUBLIC_URL }: NodeJS.ProcessEnv): boolean {
  const publicHost = (PUBLIC_URL ?? '') === '' ? HOST : URL.parse(PUBLIC_URL ?? '')?.hostname;
  const hasProxy = (TRUSTED_PROXIES ?? '') !== '' && Number(TRUSTED_PROXIES) !== 0;
  return isLoopback(HOST) && !hasProxy && isLoopback((publicHost ?? '').replace(/^\[(.*)\]$/, '$1'));
}

const isLoopback = (host: string) => /^(?:localhost|127\.[\d.]+|::1)$/.test(host);

function reachedAt(listensOn: string, port: number): string {
  const host = everyAddress[listensOn] ?? listensOn;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function pick(environment: NodeJS.ProcessEnv, wanted: (setting: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([setting]) => wanted(setting)));
}
