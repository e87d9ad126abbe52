import { X509Certificate } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { skewClock } from './clock.ts';
import { faultSetting, planFault, type PlannedFault } from './fault-points.ts';
import { misspeltSettings } from './known-settings.ts';

/** One or more settings are missing, malformed or misspelt. `faults` has one sentence for each of them. */
export class SettingsFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Fix these settings (.env.example describes each one):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'SettingsFault';
    this.faults = faults;
  }
}

/**
 * Reads settings from environment variables. An empty variable counts as not set.
 *
 * @throws SettingsFault that lists all faults, including misspelt names. It contains no value, because a value can be
 * a secret.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => value !== '' && !isServiceLink(name, value)),
  );
  const parsed = z.object(shape).safeParse(given);
  const malformed = parsed.success ? [] : parsed.error.issues.map((issue) => describe(issue, given));
  const faults = [...misspeltSettings(given, shape), ...new Set(malformed)];
  if (!parsed.success || faults.length > 0) throw new SettingsFault(faults);
  return parsed.data;
}

/** Names the setting, even where the issue is about a part of its value, such as an item of a list. */
function describe({ path: [setting], message }: z.core.$ZodIssue, given: NodeJS.ProcessEnv): string {
  const name = String(setting);
  return given[name] === undefined ? `${name} is not set` : `${name}: ${message}`;
}

/** Whether Kubernetes set this variable for a Service of the same name, such as `ORDER_PORT=tcp://10.0.0.7:4003`. */
function isServiceLink(name: string, value = ''): boolean {
  return name.endsWith('_PORT') && /^(?:tcp|udp|sctp):\/\//.test(value);
}

const wholeNumberBetween = (least: number, most: number, what: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, `must be ${what}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be ${what}`);

export const port = wholeNumberBetween(1, 65_535, 'a port, 1 to 65535');
export const count = wholeNumberBetween(1, 1_000_000_000, 'a whole number, 1 to 1000000000');
/** The number of connections that one process may open. */
export const connections = wholeNumberBetween(1, 10_000, 'a whole number, 1 to 10000');
/** At most one day. Node's timers accept at most 24.8 days. */
export const durationMs = wholeNumberBetween(1, 86_400_000, 'a whole number of milliseconds, 1 to 86400000 (a day)');
/** The time between two runs of a repeated task. */
export const intervalS = wholeNumberBetween(1, 86_400, 'a whole number of seconds, 1 to 86400 (a day)');
/** How long the system keeps data. */
export const durationS = wholeNumberBetween(1, 315_360_000, 'a whole number of seconds, 1 to 315360000 (ten years)');
export const proxies = wholeNumberBetween(0, 10, 'a whole number, 0 to 10');
export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
export const text = z
  .string()
  .regex(/^\S(.*\S)?$/, 'must be a line of text that does not begin or end with a space')
  .max(1_000, 'must be at most 1000 characters long');

/** Shorter passwords can be guessed. */
export const password = z
  .string()
  .min(16, 'must have at least 16 characters')
  .max(500, 'must have at most 500 characters');

/** The host name or IP address on which the process listens. */
const host = z
  .string()
  .refine(
    (value) => isIP(value) !== 0 || (hostName.test(value) && !/^[\d.]+$/.test(value)),
    'must be an address of this machine, such as 127.0.0.1, 0.0.0.0, :: or localhost',
  );
const hostName = /^(?=.{1,253}$)[a-z\d]([a-z\d-]{0,61}[a-z\d])?(\.[a-z\d]([a-z\d-]{0,61}[a-z\d])?)*$/i;

/** The sender of emails: an address, or a name and an address. */
export const mailSender = z.string().refine((value) => {
  const [, name, address] = /^(?:([^<>"\\,;:@\p{Cc}]{1,100}) )?<([^<>]+)>$/u.exec(value) ?? [undefined, '', value];
  return name?.trim() === name && address !== undefined && address.length <= 254 && mailAddress.test(address);
}, 'must be a mail address such as wallet@example.com or Wallet <wallet@example.com>');
const mailAddress = z.regexes.html5Email;

/** @param instead what to do instead of naming several hosts. */
function urlOf(protocols: readonly string[], example: string, instead = '') {
  return z.string().superRefine((value, context) => {
    // The WHATWG parser removes spaces that other parsers keep.
    const url = /[\s\p{Cc}]/u.test(value) ? null : URL.parse(value);
    if (protocols.some((protocol) => value.startsWith(protocol)) && namesSeveralHosts(value)) {
      context.addIssue(`must name one host${instead}`);
    } else if (url === null || !protocols.includes(url.protocol) || url.host === '') {
      context.addIssue(`must be an address such as ${example}`);
    }
  });
}

/**
 * A list of hosts, which some clients of PostgreSQL and Redis accept. Ours would connect to none of them, or to one that
 * is not the primary.
 */
const namesSeveralHosts = (value: string) =>
  /^[a-z]+:\/\/(?:[^/?#]*@)?[^/?#@]*,[^/?#@]*(?:[/?#]|$)/i.test(value) || /[?&]host=[^&]*(?:,|%2c)/i.test(value);

/** Parameters of a PostgreSQL URL that name TLS files. Each new connection reads the files again. */
const fileParameters = ['sslrootcert', 'sslcert', 'sslkey'];

export const postgresUrl = urlOf(
  ['postgres:', 'postgresql:'],
  'postgresql://user:password@host:5432/database',
  ': give several servers one address that leads to the primary, by a proxy, a Service or DNS',
).superRefine((value, context) => {
  const parameters = URL.parse(value)?.searchParams;
  for (const name of fileParameters) {
    const file = parameters?.get(name) ?? null;
    if (file !== null && !isReadable(file)) context.addIssue(`its ${name} must be a file that can be read`);
  }
});

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a file with certificates (PEM). The parsed setting is the file's content. */
export const trustedCertificates = text.transform((file, context) => {
  try {
    const certificates = readFileSync(file, 'utf8');
    void new X509Certificate(certificates);
    return certificates;
  } catch {
    context.addIssue('must be a file with certificates (PEM)');
    return z.NEVER;
  }
});

export const redisUrl = urlOf(
  ['redis:', 'rediss:'],
  'redis://host:6379',
  ': list Sentinels in REDIS_SENTINELS, or give several servers one address that leads to the primary',
);
export const httpUrl = urlOf(['http:', 'https:'], 'http://127.0.0.1:4001');
export const smtpUrl = urlOf(['smtp:', 'smtps:'], 'smtp://user:password@host:587');

/** A host and a port, such as `sentinel-1:26379`. The host of an IPv6 address has brackets. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

const maxHosts = 20;

/** A list of hosts with ports, separated by commas. The port of a host without one is `defaultPort`. */
export const hostList = (example: string, defaultPort: number) =>
  text.transform((list, context): readonly HostAndPort[] => {
    const urls = list.split(',').map((item) => hostAndPort(item.trim(), defaultPort));
    const hosts = urls.filter((item) => item !== null);
    if (hosts.length === urls.length && hosts.length <= maxHosts) return hosts;
    context.addIssue(`must be a list of at most ${maxHosts} hosts with ports, such as ${example}`);
    return z.NEVER;
  });

function hostAndPort(item: string, defaultPort: number): HostAndPort | null {
  const [, name, address, port] = /^(?:([^:[\]]+)|\[([^\]]+)\])(?::(\d{1,5}))?$/.exec(item) ?? [];
  const isHost = name === undefined ? isIP(address ?? '') === 6 : hostName.test(name);
  const number = port === undefined ? defaultPort : Number(port);
  return isHost && number > 0 && number < 65_536 ? { host: name ?? address!, port: number } : null;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** The settings of every process. */
export const processSettings = {
  HOST: host.default('127.0.0.1'),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
  FAULT_POINT: faultSetting.optional(),
  CLOCK_SKEW_MS: z
    .string()
    .regex(/^-?\d{1,12}$/, 'must be a whole number of milliseconds')
    .transform(Number)
    .default(0),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  PREPARED_STATEMENTS: flag.default(true),
};

/** The host of the management port, which serves health checks and metrics to operators. */
export const managementSettings = { MANAGEMENT_HOST: host.default('127.0.0.1') };

/** The settings of an HTTP server behind a load balancer. */
export const drainSettings = {
  // A process exits at most 20 seconds after SIGTERM (process.ts), so it must drain in less.
  DRAIN_S: wholeNumberBetween(0, 15, 'a whole number of seconds, 0 to 15').default(0),
};

/** Injects the faults that a test sets: a planned fault and a skewed clock. */
export function injectFaults(settings: {
  readonly FAULT_POINT?: PlannedFault | undefined;
  readonly CLOCK_SKEW_MS: number;
}): void {
  planFault(settings.FAULT_POINT);
  skewClock(settings.CLOCK_SKEW_MS);
}

/** The issuer and audience of access tokens. Every process must have the same values. */
export const tokenSettings = {
  TOKEN_ISSUER: text.default('wallet-and-orders'),
  TOKEN_AUDIENCE: text.default('wallet-and-orders-api'),
};
