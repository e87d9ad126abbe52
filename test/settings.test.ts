import { readFileSync } from 'node:fs';
import { isDeepStrictEqual, parseEnv } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { settings as awaitMigrationsSettings } from '#k8s/processes/config.ts';
import { settings as launcherSettings } from '#local/config.ts';
import { partConfigs } from '#local/parts.ts';
import { knownSettings, unknownNames } from '#platform/process/known-settings.ts';
import { port, readSettings, SettingsFault } from '#platform/process/settings.ts';
import { settings as verifySettings } from '#verify/config.ts';
import { variablesOfOtherPrograms } from './variables-of-other-programs.ts';
import { settings as backupSettings } from '../tools/backup/config.ts';

const shapes: readonly z.ZodRawShape[] = [
  launcherSettings,
  verifySettings,
  awaitMigrationsSettings,
  backupSettings,
  ...Object.values(partConfigs).map(({ settings }) => settings),
];

/** Every setting, by name, as one of the processes that read it does. */
const settings = new Map(shapes.flatMap((shape) => Object.entries(shape)));

const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const example = parseEnv(text.replaceAll(/^# (?=[A-Z_]+=)/gm, ''));

describe('.env.example', () => {
  test('has every setting that a part reads, and no other', () => {
    expect(Object.keys(example).toSorted()).toEqual([...settings.keys()].toSorted());
    expect([...knownSettings()].toSorted()).toEqual([...settings.keys()].toSorted());
  });

  test('shows the defaults', () => {
    const shown = shapes.flatMap((shape) => Object.entries(shape)).filter(([name]) => (example[name] ?? '') !== '');
    const asShown = shown.map(([name, setting]) => [name, read(name, setting, { [name]: example[name] })]);

    expect(asShown).toEqual(shown.map(([name, setting]) => [name, read(name, setting, {})]));
  });
});

const numbers = ['words', '-1', '1.5', '1e3', '0x10', '10s', ' 10', '10 ', '99999999999999999999', '٣', 'NaN'];
const addresses = ['words', '5', 'http:', '//host', 'ftp://host', 'https://a b', ' https://a', 'https://a '];
const texts = [' ', ' text', 'text ', 'te\nxt', 'x'.repeat(1_001)];

/** Values that each setting must refuse, by the suffix of its name, or by the whole name. */
const badValues: readonly (readonly [name: RegExp, values: readonly string[]])[] = [
  [/_PORT$/, [...numbers, '0', '65536']],
  [/_DATABASE_URL$|^DATABASE_URL$/, [...addresses, 'mysql://host/database', 'postgresql://']],
  [/REDIS_URL$/, [...addresses, 'http://host']],
  [/^SMTP_URL$/, [...addresses, 'http://host']],
  [/_URL$|_ENDPOINT$/, [...addresses.filter((address) => !address.startsWith('https')), 'ht tp://a']],
  [/_POOL_SIZE$|_CONNECTIONS$/, [...numbers, '0', '10001']],
  [
    /_(TTL|AGE|STALLED_AFTER|RESTART_AFTER|WINDOW|RECHECK|GRACE|TIME_LIMIT|EVERY|ASK_AFTER)_S$/,
    [...numbers, '0', '315360001'],
  ],
  [/^DRAIN_S$/, [...numbers.filter((number) => number !== '10s'), '16', '5s']],
  [/_MS$/, ['words', '1.5', '1e3', '10ms', '10 ', '99999999999999999999']],
  [/_(LIMIT|BYTES|CUSTOMER|MINUTE|HOUR|ONCE|LENGTH)$/, [...numbers, '0', '1000000001']],
  [/^(NOTIFICATION_)?MAILS_PER_(RECIPIENT|SENDER)$/, [...numbers, '0', '1000000001']],
  [/^(EMAIL_VERIFICATION|MCP)$/, ['words', 'true', 'ON', 'on ', '1']],
  [/^BACKUP_KEY$/, ['words', 'a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64), ` ${'a'.repeat(63)}`]],
  [/^TRUSTED_PROXIES$/, [...numbers, '11', 'true']],
  [/^REFUND_WITHIN_DAYS$/, [...numbers, '0', '1000000001']],
  [/^RATE_/, ['words', '-1', '0', '1,5', '1e3', '0.9 ', '0.0000001', '1000001', '1'.repeat(101)]],
  [/^(MANAGEMENT_)?HOST$/, ['no body', '127.0.0.1 ', '256.1.1.1', '1.2.3', '127.0.0.1:80', 'http://a', '-a', '*']],
  [
    /^(CORRECTION_APPROVAL|CONFIRM_TRANSFERS)_FROM$/,
    ['words', '-1', '1.5', '1,00', '1e3', '100.00 ', '007', '99999999999'],
  ],
  [/^WEBAUTHN_RP_ID$/, ['Example.com', 'https://example.com', 'example.com:443', 'a b', '.example', '*.example']],
  [/^FUNDING$/, ['words', 'OPEN', 'open ', 'providers']],
  [/^PROVIDER_WEBHOOK_SECRET$/, ['words', 'whsec_', 'whsec_short', `whsec_${'!'.repeat(40)}`]],
  [/^LOG_LEVEL$/, ['words', 'INFO', 'info ', '5']],
  [/^JOBS_ROLES$/, ['words', 'relay,', 'relay user', 'RELAY', ',', 'relay,router']],
  [/^MAIL_FROM$/, ['nobody', 'a@', '@a', 'a b@c', 'a@b c', 'a@b, c@d', 'A <nobody>', 'A <a@b> ', 'A\n<a@b>', '<a@b>x']],
  [/^(DASHBOARD_PASSWORD|MAIL_INBOX_KEY|MCP_SECRET|PROVIDER_API_KEY)$/, ['short', 'x'.repeat(15), 'x'.repeat(501)]],
  [/^OPERATION_MANIFESTS$/, [',', 'a.json,', 'a.json,,b.json']],
  [/^CLIENT_NAMES$/, [',', 'a,', 'a b', 'x'.repeat(65), Array(21).fill('a').join()]],
  [/^CORS_ORIGINS$/, ['words', '*', 'https://a/', 'https://a,', 'https://a;https://b', 'a.example']],
  [/^FAULT_POINT$/, ['words', '{}', '[]', '5', 'null', '{"point":"nowhere"}', '{"point":"before commit","nth":0}']],
  [/_JOB_KEYS$/, ['words', 'user=', 'user=ab', 'user=' + 'g'.repeat(64), 'router=' + 'a'.repeat(64), ',']],
  [/^WEBHOOK_PRIVATE_TARGETS$/, ['words', 'true', 'ALLOW', 'allow ', '1']],
  [
    /^(USER_FACTOR|NOTIFICATION_WEBHOOK)_KEYS$/,
    ['words', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(64)},`, `user=${'a'.repeat(64)}`],
  ],
  [
    /^REDIS_SENTINELS$/,
    [',', 'a b', 'host:0', 'host:99999', 'redis://host', 'a:1,,b:2', '::1', Array(21).fill('host').join()],
  ],
  [/^REDIS_CA_FILE$/, ['/nowhere', '.', 'words']],
  [
    /^(REDIS_SENTINEL_PASSWORD|TOKEN_ISSUER|TOKEN_AUDIENCE|DATA_FOLDER|SUPERGRAPH_FILE|CONSOLE_FOLDER|MAIL_FOLDER)$/,
    texts,
  ],
];

const badFlags = ['yes', '1', 'TRUE', 'true ', 'on'];

/** Several hosts in one address. The first one alone would not be the primary for ever. */
const severalHosts: readonly (readonly [name: RegExp, values: readonly string[]])[] = [
  [
    /DATABASE_URL$/,
    [
      'postgresql://one,two/database',
      'postgresql://user:password@one:5432,two:5432/database',
      'postgres://user:pass,word@one,two',
      'postgresql://user@one/database?host=one,two',
      'postgresql://user@one/database?a=b&host=one%2Ctwo',
    ],
  ],
  [/REDIS_URL$/, ['redis://one,two', 'rediss://user:password@one:6379,two:6379/0', 'redis://:pass@word@one,two']],
  [/_URL$|_ENDPOINT$/, ['http://one,two', 'https://one:80,two:80/path']],
];

describe('each setting', () => {
  test.each([...settings.keys()].filter((name) => /_URL$|_ENDPOINT$/.test(name)))(
    '%s refuses several hosts',
    (name) => {
      const values = severalHosts.find(([names]) => names.test(name))![1];
      const own = name === 'SMTP_URL' ? values.map((value) => value.replace(/^http/, 'smtp')) : values;
      for (const value of own) {
        expect([value, faultOf(name, value)]).toEqual([value, expect.stringMatching(`^${name}: must name one host`)]);
      }
      expect(faultOf(name, own[0]!.replace(',two', '').replace('://', '://us,er:pass,word@'))).toBeNull();
    },
  );

  test.each([...settings.keys()])('%s refuses bad values, naming itself, what it takes, and no value', (name) => {
    const values = isFlag(name) ? badFlags : (badValues.find(([names]) => names.test(name))?.[1] ?? []);
    expect(values).not.toEqual([]);
    for (const value of values) {
      const fault = faultOf(name, value);
      expect([value, fault]).toEqual([
        value,
        expect.stringMatching(new RegExp(`^${name}(: (its \\w+ )?must |.* is for )`)),
      ]);
      expect(fault).not.toMatch(/Invalid|expected|undefined|    at /);
      const shown = value.endsWith('://') ? '' : value;
      expect(fault!.includes(shown) && shown.length > 12).toBe(false);
    }
  });

  test.each([...settings.keys()])('%s counts as not set where it is empty', (name) => {
    const setting = settings.get(name)!;

    expect(outcome(name, setting, { [name]: '' })).toEqual(outcome(name, setting, {}));
  });

  test.each([
    ['MAIL_FROM', 'wallet@example.com'],
    ['MAIL_FROM', 'Wallet and orders <wallet@example.com>'],
    ['MAIL_FROM', '<wallet@example.com>'],
    ['HOST', '::1'],
    ['HOST', 'wallet.example'],
    ['RATE_EUR', '0.000001'],
    ['CLOCK_SKEW_MS', '-1500'],
    ['JOBS_ROLES', 'relay, user'],
    ['DASHBOARD_PASSWORD', 'ends with spaces    '],
  ])('%s takes %j', (name, value) => {
    expect(faultOf(name, value)).toBeNull();
  });
});

describe('a name that is no setting', () => {
  test.each(['ORDER_PORT', 'POSTGRES_PORT', 'BILLING_WORKER_PORT', 'ROUTER_REDIS_PORT'])(
    '%s is ignored where Kubernetes set it for a Service',
    (name) => {
      expect(readSettings({ ORDER_PORT: port.default(4003) }, { [name]: 'tcp://10.0.0.7:4003' })).toEqual({
        ORDER_PORT: 4003,
      });
    },
  );

  test.each([
    ['ROUTER_PROT', 'ROUTER_PORT'],
    ['USER_PROT', 'USER_PORT'],
    ['ROUTER_HTTP_PORT', 'ROUTER_PORT'],
    ['router_port', 'ROUTER_PORT'],
    ['MAILFROM', 'MAIL_FROM'],
    ['LOG-LEVEL', 'LOG_LEVEL'],
    ['DATABASE_ULR', 'DATABASE_URL'],
    ['REDIS_URI', 'REDIS_URL'],
    ['ORDER_DB_URL', 'ORDER_URL'],
    ['SIGNIN_LIMITS', 'SIGN_IN_LIMIT'],
    ['POSTGRES_PROT', 'POSTGRES_PORT'],
    ['INTROSPETION', 'INTROSPECTION'],
    ['BILLING_DATABASE', 'BILLING_DATABASE_URL'],
    ['SUBGRAPH_TIMEOUT', 'SUBGRAPH_TIMEOUT_MS'],
    ['DASHBOARD_PASSWORT', 'DASHBOARD_PASSWORD'],
  ])('%s is refused, and %s suggested', (name, meant) => {
    expect(faultsOf(() => readSettings({}, { [name]: '5' }))).toEqual([
      `${name} is not a setting: did you mean ${meant}?`,
    ]);
  });

  test('is refused with all other faults at once', () => {
    const faults = faultsOf(() => readSettings(partConfigs.router.settings, { ROUTER_PROT: '1', ROUTER_PORT: 'x' }));

    expect(faults).toHaveLength(2);
  });

  test("is not refused where other programs' variables are named so", () => {
    const environment = Object.fromEntries(variablesOfOtherPrograms.map((name) => [name, 'x']));

    expect(faultsOf(() => readSettings({}, environment))).toEqual([]);
  });

  test('is refused in .env whatever it is, except what Node and Docker Compose read there', () => {
    const file = {
      ROUTER_PORT: '1',
      COLOUR: 'red',
      PORT: '4000',
      NODE_OPTIONS: 'x',
      COMPOSE_PROJECT_NAME: 'x',
      TZ: 'UTC',
    };

    expect(unknownNames(file)).toEqual(['COLOUR', 'PORT']);
  });
});

/** Flags are recognized by the values that they accept, since their names have no common suffix. */
function isFlag(name: string): boolean {
  const [yes, no] = ['true', 'false'].map((value) => outcome(name, settings.get(name)!, { [name]: value }));
  return isDeepStrictEqual([yes, no], [{ [name]: true }, { [name]: false }]);
}

function faultOf(name: string, value: string): string | null {
  const faults = faultsOf(() => read(name, settings.get(name)!, { [name]: value }));
  expect(faults.length).toBeLessThan(2);
  return faults[0] ?? null;
}

function faultsOf(work: () => unknown): readonly string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof SettingsFault) return error.faults;
    throw error;
  }
}

function outcome(name: string, setting: z.core.$ZodType, environment: NodeJS.ProcessEnv): unknown {
  try {
    return read(name, setting, environment);
  } catch (error) {
    return error;
  }
}

function read(name: string, setting: z.core.$ZodType, environment: NodeJS.ProcessEnv): unknown {
  return readSettings({ [name]: setting }, environment);
}
