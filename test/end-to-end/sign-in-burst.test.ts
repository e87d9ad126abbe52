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
  // This test acts as the one trusted proxy, so X-Forwarded-For identifies the senders.
  const settings = {
    LOG_LEVEL: 'info',
    TRUSTED_PROXIES: '1',
    PASSWORD_QUEUE_LENGTH: '50',
    PASSWORD_QUEUE_WAIT_MS: '2000',
  };
  system = await startSystem({ ...settings, NODE_OPTIONS: `--import ${recorder}` }, output);
  ada = await registerCustomer(system.url);
  // The first successful login makes the address known.
  await login('203.0.113.9', right());
});
afterAll(async () => {
  await system.stop();
  closeSync(output);
  rmSync(folder, { recursive: true });
});

const log = () => readFileSync(logFile, 'utf8');
const hashes = () => log().match(/^derives /gm)?.length ?? 0;
/** Warnings and errors, except the one of a router that counts rate limits alone because the machine is busy. */
const alerts = () =>
  (log().match(/^\{"level":"(?:warn|error|fatal)".*$/gm) ?? []).filter(
    (line) => !line.includes('"rate limits are counted by this router alone"'),
  );

/** Waits until no more passwords are hashed. */
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

test('disconnected callers use no processor time, and another customer can sign in during and after the burst', async () => {
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
});

test('callers in a burst from many addresses get an answer or a retry time, and another customer can sign in', async () => {
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
});
