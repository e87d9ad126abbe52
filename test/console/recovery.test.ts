import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { registerCustomer } from '#test/customer.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { accountNumber, balance, news, type Person, personAt, signUp } from './person.ts';

/** Recovery of the console on a separate system with short-lived tokens, whose processes are stopped and killed. */

let browser: Browser;
let system: TestSystem;
let ada: Person;
let page: Page;

beforeAll(async () => {
  [browser, system] = await Promise.all([
    sharedChromium(),
    startSystem({ ACCESS_TOKEN_TTL_S: '15', LOG_LEVEL: 'fatal' }),
  ]);
  ada = await personAt(browser, system.origins.router);
  ({ page } = ada);
  await signUp(ada, 'Ada');
});

afterAll(async () => {
  await browser.close();
  await system.stop();
});

/** Another customer sends Ada an amount. Each test uses a different amount, so that it finds its own message. */
async function receive(amount: string, description: string): Promise<void> {
  const number = await accountNumber(page, 'US dollar');
  const bob = await registerCustomer(system.url, 'Bob');
  const input = {
    fromAccountId: (await bob.account('USD')).id,
    toAccountId: number,
    amount: { amount, currency: 'USD' },
    description,
    idempotencyKey: randomUUID(),
  };
  const query = 'mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }';
  expect(await bob.request(query, { input })).toEqual({ transfer: { userErrors: [] } });
}

async function toOverview(): Promise<void> {
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('Welcome gift').waitFor();
}

test('an order becomes paid while a person watches, by push alone', async () => {
  const linus = await personAt(browser, system.origins.router);
  const { page: watcher } = linus;
  await watcher.clock.install();
  await signUp(linus, 'Linus');
  await linus.goTo('/orders/new');
  await watcher.getByLabel('Product').fill('tea');
  await watcher.getByLabel('Price each').fill('3');
  const jobs = system.processes.get('jobs')!.pid();
  process.kill(jobs, 'SIGSTOP');
  try {
    const stream = watcher.waitForResponse(
      (response) => response.request().postData()?.includes('orderUpdated') === true,
    );
    await watcher.getByRole('button', { name: 'Place order' }).click();
    await watcher.getByRole('list', { name: 'Progress' }).getByText('Being paid').waitFor();
    await stream;
    // The test stops the page's clock, so the page cannot poll.
    await watcher.clock.pauseAt(Date.now() + 10_000);
  } finally {
    process.kill(jobs, 'SIGCONT');
  }
  await watcher.getByRole('list', { name: 'Progress' }).getByText('Paid', { exact: true }).waitFor();
  expect(await watcher.getByRole('heading', { level: 1 }).textContent()).toBe('1 × tea');
  await linus.context.close();
});

test('a page keeps its session and its news while its short-lived tokens expire', async () => {
  const tokens = new Set<string>();
  const streams = new Set<string>();
  page.on('request', (request) => {
    const token = request.headers()['authorization'];
    if (token !== undefined) (request.url().endsWith('/stream') ? streams : tokens).add(token);
  });
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.status() === 401 && response.url().endsWith('/graphql')) refused.push(response.url());
  });
  await until('three access tokens', async () => {
    await page.getByRole('link', { name: 'History', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'History' }).waitFor();
    await toOverview();
    return tokens.size >= 3 && streams.size >= 2;
  });
  expect(refused).toEqual([]);
  await receive('1.00', 'for the news');
  await news(page).getByText('Bob has sent you $1.00').waitFor();
});

test('a deposit is made once when the server restarts in the middle of it', async () => {
  // The page may not show the money of the test before yet.
  await page.reload();
  await toOverview();
  const before = Number((await balance(page, 'US dollar')).slice(1));
  await page.getByRole('link', { name: 'Add money' }).click();
  await page.getByLabel('Amount').fill('5');
  const done = page.getByRole('heading', { name: '$5.00 added' });
  const refused = page.getByRole('form').getByRole('alert');

  system.kill('router');
  await page.getByRole('button', { name: 'Add money' }).click();
  await until('the deposit', async () => {
    if (await done.isVisible()) return true;
    // The console has given up, so the person tries again.
    if (await refused.isVisible()) await page.keyboard.press('Enter');
    return false;
  });
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('Deposit', { exact: true }).waitFor();
  expect(await balance(page, 'US dollar')).toBe(`$${(before + 5).toFixed(2)}`);
  await page.getByText('The connection is lost.').waitFor({ state: 'detached' });
  expect(ada.complaints).toEqual([]);
});

test('news continue after the server was down, and the page misses no message', async () => {
  await toOverview();
  system.kill('router');
  await until('the router', async () => {
    const answer = await fetch(`${system.management.router}/health/ready`).catch(() => null);
    return answer?.ok === true;
  });
  await receive('2.00', 'while the page had no stream');
  await news(page).getByText('Bob has sent you $2.00').waitFor();
  await page.getByText('while the page had no stream').waitFor();
  expect(ada.complaints).toEqual([]);
});
