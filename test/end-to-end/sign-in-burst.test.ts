import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pathOf } from '#test/command.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';

const burst = 450;
const folder = mkdtempSync(join(tmpdir(), 'wallet-burst-'));
const logFile = join(folder, 'log');
const output = openSync(logFile, 'a');

let system: TestSystem;
let ada: Customer;

beforeAll(async () => {
  const recorder = pathToFileURL(pathOf('test/record-password-hashes.ts')).href;
  // Senders are told apart by what the one proxy says, which is this test.
  const settings = {
    LOG_LEVEL: 'info',
    TRUSTED_PROXIES: '1',
    PASSWORD_QUEUE_LENGTH: '50',
    PASSWORD_QUEUE_WAIT_MS: '2000',
  };
  system = await startSystem({ ...settings, NODE_OPTIONS: `--import ${recorder}` }, output);
  ada = await registerCustomer(system.url);
  // From now on her address is known.
  await login('203.0.113.9', right());
}, 120_000);
afterAll(async () => {
  await system.stop();
  closeSync(output);
  rmSync(folder, { recursive: true });
}, 60_000);

const log = () => readFileSync(logFile, 'utf8');
const hashes = () => log().match(/^derives /gm)?.length ?? 0;
/** But for one: the router says so while the machine is too busy to count for several routers. */
const alerts = () =>
  (log().match(/^\{"level":"(?:warn|error|fatal)".*$/gm) ?? []).filter(
    (line) => !line.includes('"rate limits are counted by this router alone"'),
  );

/** Settles when no password is hashed any more. */
async function settled(): Promise<void> {
  for (let before = -1; before !== hashes();) {
    before = hashes();
    await delay(1_000);
  }
}

interface Answer {
  readonly retryAfter: string | null;
  readonly data: { readonly login: { readonly accessToken: string | null; readonly userErrors: unknown[] } | null };
  readonly errors?: readonly { readonly extensions: { readonly code: string; readonly retryAfterS?: number } }[];
}

const query = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }';

async function login(sender: string, input: object, signal: AbortSignal | null = null): Promise<Answer> {
  const response = await fetch(system.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': sender },
    body: JSON.stringify({ query, variables: { input } }),
    signal,
  });
  return {
    retryAfter: response.headers.get('retry-after'),
    ...((await response.json()) as Omit<Answer, 'retryAfter'>),
  };
}

const wrong = (index: number) => ({ email: `${index}.${ada.email}`, password: 'not the password' });
const right = () => ({ email: ada.email, password: ada.password });
const signedIn = { data: { login: { accessToken: expect.any(String), userErrors: [] } } };

test('callers who have gone cost nothing, and another person signs in meanwhile and afterwards', async () => {
  const before = hashes();
  const leaving = new AbortController();
  const flood = Array.from(
    { length: burst },
    async (_, index) => await login('198.51.100.1', wrong(index), leaving.signal),
  );
  await until('the burst to arrive', () => hashes() > before);
  const hashesBeforeHers = hashes();
  expect(await login('203.0.113.9', right())).toMatchObject(signedIn);
  expect(hashes() - hashesBeforeHers).toBeLessThan(burst / 3);

  await delay(1_000);
  leaving.abort();
  await Promise.allSettled(flood);
  expect(await login('203.0.113.9', right())).toMatchObject(signedIn);
  await settled();
  expect(hashes() - before).toBeLessThan(burst * 0.75);
  expect(alerts()).toEqual([]);
}, 120_000);

test('callers who stay are answered or told when to try again, and a person signs in, also from many addresses', async () => {
  const flood = Promise.all(
    Array.from(
      { length: burst },
      async (_, index) => await login(`198.51.${100 + (index >> 8)}.${index & 255}`, wrong(index)),
    ),
  );
  const before = hashes();
  await until('the burst to arrive', () => hashes() > before);
  expect(await login('203.0.113.9', right())).toMatchObject(signedIn);

  const answers = await flood;
  const refused = answers.filter(({ data }) => data.login === null);
  expect(refused.length).toBeGreaterThan(0);
  for (const { errors, retryAfter } of refused) {
    expect(errors).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE', retryAfterS: expect.any(Number) } }]);
    expect(retryAfter).toBe(String(errors![0]!.extensions.retryAfterS));
  }
  const answered = answers.filter(({ data }) => data.login !== null);
  expect(new Set(answered.map(({ data }) => JSON.stringify(data.login)))).toEqual(
    new Set(['{"accessToken":null,"userErrors":[{"code":"INVALID_CREDENTIALS"}]}']),
  );
  expect(alerts()).toEqual([]);
}, 120_000);
