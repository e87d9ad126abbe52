import { X509Certificate } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { z } from 'zod';
import { skewClock } from './clock.ts';
import { faultSetting, planFault, type PlannedFault } from './fault-points.ts';

/** One or more settings are missing or malformed; `faults` has a sentence for each of them. */
export class SettingsFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Settings to mend (.env.example says what each means):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'SettingsFault';
    this.faults = faults;
  }
}

/**
 * Reads settings from environment variables; an empty one counts as not set.
 *
 * @throws SettingsFault that names every fault at once and no value, since a value may be a secret.
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = z.object(shape).safeParse(given);
  if (parsed.success) return parsed.data;
  throw new SettingsFault(parsed.error.issues.map((issue) => describe(issue, given)));
}

function describe(issue: z.core.$ZodIssue, given: NodeJS.ProcessEnv): string {
  const name = issue.path.join('.');
  return given[name] === undefined ? `${name} is not set` : `${name}: ${issue.message}`;
}

export const wholeNumber = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);

export const port = wholeNumber.refine((value) => value >= 1 && value <= 65535, 'must be a port, 1 to 65535');
export const count = wholeNumber.refine((value) => value >= 1, 'must be at least 1');
export const durationMs = wholeNumber.refine((value) => value >= 1, 'must be a number of milliseconds, at least 1');
export const durationS = wholeNumber.refine((value) => value >= 1, 'must be a number of seconds, at least 1');
export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
export const text = z.string().min(1);

function urlOf(protocols: readonly string[], example: string) {
  return z.string().refine((value) => {
    const url = URL.parse(value);
    return url !== null && protocols.includes(url.protocol) && url.host !== '';
  }, `must be an address such as ${example}`);
}

/** Of an address of PostgreSQL: files of TLS, which are read anew for each connection. */
const fileParameters = ['sslrootcert', 'sslcert', 'sslkey'];

export const postgresUrl = urlOf(
  ['postgres:', 'postgresql:'],
  'postgresql://user:password@host:5432/database',
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

/** The name of a file with certificates (PEM), which becomes what is in it. */
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

export const redisUrl = urlOf(['redis:', 'rediss:'], 'redis://host:6379');
export const httpUrl = urlOf(['http:', 'https:'], 'http://127.0.0.1:4001');
export const smtpUrl = urlOf(['smtp:', 'smtps:'], 'smtp://user:password@host:587');

/** What every process of the system can be told. */
export const processSettings = {
  HOST: z.string().min(1).default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  FAULT_POINT: faultSetting.optional(),
  CLOCK_SKEW_MS: z
    .string()
    .regex(/^-?\d+$/, 'must be a whole number')
    .transform(Number)
    .default(0),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
};

/** What a process can be told that others ask over HTTP, through something that balances between several of it. */
export const drainSettings = { DRAIN_S: wholeNumber.default(0) };

/** What a process does to itself where a test asks for it. */
export function provoke(asked: {
  readonly FAULT_POINT?: PlannedFault | undefined;
  readonly CLOCK_SKEW_MS: number;
}): void {
  planFault(asked.FAULT_POINT);
  skewClock(asked.CLOCK_SKEW_MS);
}

/** How access tokens are told apart from others; the same in every process. */
export const tokenSettings = {
  TOKEN_ISSUER: z.string().min(1).default('wallet-and-orders'),
  TOKEN_AUDIENCE: z.string().min(1).default('wallet-and-orders-api'),
};
