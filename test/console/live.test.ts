import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { requests, news, type Person, personOf } from './person.ts';

/** Updates of the page without a reload: by push, or by polling if push is impossible. */

let browser: Browser;
let url: string;
let origin: string;
let ada: Customer;
let bob: Customer;

beforeAll(async () => {
  [
    browser,
    {
      url,
      origins: { router: origin },
    },
  ] = await Promise.all([sharedChromium(), sharedSystem()]);
});

afterAll(async () => await browser.close());

beforeEach(async () => {
  [ada, bob] = await Promise.all([registerCustomer(url), registerCustomer(url, 'Bob')]);
});

async function send(from: Customer, to: Customer, amount: string): Promise<void> {
  const input = {
    fromAccountId: (await from.account('USD')).id,
    toAccountId: (await to.account('USD')).number,
    amount: { amount, currency: 'USD' },
    idempotencyKey: randomUUID(),
  };
  await from.request('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', {
    input,
  });
}

/** Opens a page of the console for Ada, and waits for its stream of updates. */
async function adaAt(path: string): Promise<Person> {
  const person = await personOf(browser, origin, ada);
  await Promise.all([person.page.waitForResponse('**/graphql/stream'), person.goTo(path)]);
  await person.page.getByRole('heading', { level: 1 }).waitFor();
  return person;
}

const unread = (page: Page, count: number) => page.getByRole('img', { name: `${count} unread` });

describe('news', () => {
  test('of received money appears on any page, is counted, and opens the messages', async () => {
    const { page, context, complaints } = await adaAt('/settings');
    await send(bob, ada, '5.00');
    await news(page).getByText('Bob has sent you $5.00').waitFor();
    await unread(page, 1).waitFor();

    await news(page).getByRole('link', { name: 'Bob has sent you $5.00' }).click();
    await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
    expect(await news(page).textContent()).toBe('');
    await page.getByRole('button', { name: 'Bob has sent you $5.00' }).click();
    await unread(page, 1).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('of an order opens the order, and updates the page below it', async () => {
    const { page, context } = await adaAt('/');
    await page.getByRole('link', { name: 'US dollar' }).getByText('$100.00').waitFor();
    await ada.placeOrder({ productId: 'tea', unitPrice: '3.00' });
    const link = news(page).getByRole('link', { name: 'Your order is paid: 1 × tea' });
    await link.hover();
    await page.getByRole('link', { name: 'US dollar' }).getByText('$97.00').waitFor();
    await link.click();
    await page.getByRole('heading', { level: 1, name: '1 × tea' }).waitFor();
    expect(await page.title()).toBe('1 × tea · Wallet');
    await context.close();
  });

  test('closes after a time, stays open under the pointer, and closes at a click', async () => {
    const person = await personOf(browser, origin, ada);
    const { page, context } = person;
    await page.clock.install();
    await Promise.all([page.waitForResponse('**/graphql/stream'), person.goTo('/settings')]);
    await page.getByRole('heading', { level: 1 }).waitFor();

    await send(bob, ada, '1.00');
    await news(page).getByText('$1.00').waitFor();
    await news(page).getByRole('link').hover();
    await page.clock.fastForward(20_000);
    expect(await news(page).getByText('$1.00').isVisible()).toBe(true);
    await page.mouse.move(0, 0);
    await page.clock.fastForward(8_000);
    await news(page).getByText('$1.00').waitFor({ state: 'detached' });

    await send(bob, ada, '2.00');
    await news(page).getByText('$2.00').waitFor();
    await news(page).getByRole('button', { name: 'Close' }).click();
    await news(page).getByText('$2.00').waitFor({ state: 'detached' });
    await context.close();
  });

  test('is pushed again as soon as the server is back, even after a long outage', async () => {
    const person = await personOf(browser, origin, ada);
    const { page, context } = person;
    let streams = 0;
    await page.route('**/graphql', async (route) => await route.abort());
    await page.route('**/graphql/stream', async (route) => {
      streams += 1;
      await route.abort();
    });
    await page.clock.install();
    await person.goTo('/settings');
    // Each failed stream doubles the wait for the next attempt: after six failures it is 32 seconds.
    await until('the sixth stream', async () => {
      await page.clock.runFor(1_000);
      return streams >= 6;
    });
    // From now on only an event of the browser can open a stream; a timer cannot.
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000));
    const stream = page.waitForResponse('**/graphql/stream');
    await page.unrouteAll();
    await until('the connection', async () => {
      await page.evaluate(() => dispatchEvent(new Event('online')));
      return await page.getByText('The connection is lost.').isHidden();
    });
    expect((await stream).status()).toBe(200);
    await send(bob, ada, '7.00');
    await news(page).getByText('Bob has sent you $7.00').waitFor();
    await context.close();
  });

  test('appears in all tabs', async () => {
    const person = await adaAt('/settings');
    const tab = await person.context.newPage();
    await Promise.all([tab.waitForResponse('**/graphql/stream'), tab.goto('/history')]);
    await send(bob, ada, '5.00');
    await Promise.all(
      [person.page, tab].map(async (page) => await news(page).getByText('Bob has sent you $5.00').waitFor()),
    );
    // The history lists the transfer, too.
    await tab.getByText('2 transactions').waitFor();
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });
});

test('a hidden tab holds no connection, and catches up when it is visible again', async () => {
  const { page, context } = await adaAt('/');
  const look = async (visibility: 'hidden' | 'visible') =>
    await page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, visibility);
  const left = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/graphql/stream'));
  await look('hidden');
  await left;
  await send(bob, ada, '5.00');
  const notified = async () =>
    await ada.request<{ viewer: { notifications: { nodes: object[] } } }>(
      '{ viewer { notifications { nodes { id } } } }',
    );
  await until('the message', async () => (await notified()).viewer.notifications.nodes.length === 1);
  expect(await news(page).textContent()).toBe('');

  await look('visible');
  await news(page).getByText('Bob has sent you $5.00').waitFor();
  await page.getByRole('link', { name: 'US dollar' }).getByText('$105.00').waitFor();
  await context.close();
});

test('an update during a query is shown, even if the answer of the query is older', async () => {
  const person = await personOf(browser, origin, ada);
  const { page, context } = person;
  const { promise: comeLate, resolve: letCome } = Promise.withResolvers<void>();
  let isRead = false;
  await page.route('**/graphql', async (route) => {
    if (isRead || !requests(route, 'query History')) return await route.continue();
    const response = await route.fetch();
    isRead = true;
    await comeLate;
    return await route.fulfill({ response });
  });
  await Promise.all([page.waitForResponse('**/graphql/stream'), person.goTo('/history')]);
  await until('the first answer', () => isRead);
  await send(bob, ada, '5.00');
  await news(page).getByText('Bob has sent you $5.00').waitFor();
  letCome();
  await page.getByText('2 transactions').waitFor();
  expect(await page.getByText('+$5.00').isVisible()).toBe(true);
  await context.close();
});

describe('without push, the console polls', () => {
  async function withoutStreams(): Promise<Person> {
    const person = await personOf(browser, origin, ada);
    await person.page.route('**/graphql/stream', async (route) => await route.abort());
    return person;
  }

  test('until an order is paid', async () => {
    const { page, context, goTo } = await withoutStreams();
    const { order } = await ada.placeOrder({ productId: 'tea', unitPrice: '3.00' });
    let requested = 0;
    await page.route('**/graphql', async (route) => {
      if (!requests(route, 'query OrderDetail')) return await route.continue();
      requested += 1;
      if (requested > 2) return await route.continue();
      const response = await route.fetch();
      const body = (await response.text()).replace('"status":"PAID"', '"status":"PENDING"');
      return await route.fulfill({ response, body });
    });
    await goTo(`/orders/${order!.id}`);
    const steps = page.getByRole('list', { name: 'Progress' });
    await steps.getByText('Being paid').waitFor();
    await steps.getByText('Paid', { exact: true }).waitFor();
    expect(requested).toBeGreaterThanOrEqual(3);
    await context.close();
  });

  test('for messages', async () => {
    const { page, context, goTo } = await withoutStreams();
    await page.clock.install();
    await goTo('/settings');
    await page.getByText('Customer since').waitFor();
    await send(bob, ada, '5.00');
    await page.clock.fastForward(15_000);
    await news(page).getByText('Bob has sent you $5.00').waitFor();
    expect(await unread(page, 1).isVisible()).toBe(true);
    await context.close();
  });
});
