import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { asks, news, type Person, personOf } from './person.ts';

/** What a person sees without having asked for it, and how where it cannot be pushed. */

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
}, 60_000);

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
  await from.ask('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', { input });
}

/** At this page of the console, with a stream of news that has begun. */
async function adaAt(path: string): Promise<Person> {
  const person = await personOf(browser, origin, ada);
  await Promise.all([person.page.waitForResponse('**/graphql/stream'), person.goTo(path)]);
  await person.page.getByRole('heading', { level: 1 }).waitFor();
  return person;
}

const unread = (page: Page, count: number) => page.getByRole('img', { name: `${count} unread` });

describe('news', () => {
  test('of money that came is told on whatever page one is, counted, and leads to the messages', async () => {
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

  test('of an order leads to the order, and changes what is on the page beneath', async () => {
    const { page, context } = await adaAt('/');
    await page.getByRole('link', { name: 'US dollar' }).getByText('$100.00').waitFor();
    await ada.placeOrder({ productId: 'tea', unitPrice: '3.00' });
    const told = news(page).getByRole('link', { name: 'Your order is paid: 1 × tea' });
    await told.hover();
    await page.getByRole('link', { name: 'US dollar' }).getByText('$97.00').waitFor();
    await told.click();
    await page.getByRole('heading', { level: 1, name: '1 × tea' }).waitFor();
    expect(await page.title()).toBe('1 × tea · Wallet');
    await context.close();
  });

  test('goes by itself, but not from under the pointer, and at a click', async () => {
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

  test('comes to all tabs', async () => {
    const person = await adaAt('/settings');
    const tab = await person.context.newPage();
    await Promise.all([tab.waitForResponse('**/graphql/stream'), tab.goto('/history')]);
    await send(bob, ada, '5.00');
    await Promise.all(
      [person.page, tab].map(async (page) => await news(page).getByText('Bob has sent you $5.00').waitFor()),
    );
    // The page that lists what moves money has it, too.
    await tab.getByText('2 transactions').waitFor();
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });
});

test('a tab behind another one keeps no connection, and knows what came when it is looked at again', async () => {
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
  const told = async () =>
    await ada.ask<{ viewer: { notifications: { nodes: object[] } } }>('{ viewer { notifications { nodes { id } } } }');
  await until('the message', async () => (await told()).viewer.notifications.nodes.length === 1);
  expect(await news(page).textContent()).toBe('');

  await look('visible');
  await news(page).getByText('Bob has sent you $5.00').waitFor();
  await page.getByRole('link', { name: 'US dollar' }).getByText('$105.00').waitFor();
  await context.close();
});

test('what comes while a page is being read is on it, whatever was on its way before', async () => {
  const person = await personOf(browser, origin, ada);
  const { page, context } = person;
  const { promise: comeLate, resolve: letCome } = Promise.withResolvers<void>();
  let isRead = false;
  await page.route('**/graphql', async (route) => {
    if (isRead || !asks(route, 'query History')) return await route.continue();
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

describe('where nothing can be pushed, the console asks again and again', () => {
  async function withoutStreams(): Promise<Person> {
    const person = await personOf(browser, origin, ada);
    await person.page.route('**/graphql/stream', async (route) => await route.abort());
    return person;
  }

  test('until an order is paid', async () => {
    const { page, context, goTo } = await withoutStreams();
    const { order } = await ada.placeOrder({ productId: 'tea', unitPrice: '3.00' });
    let asked = 0;
    await page.route('**/graphql', async (route) => {
      if (!asks(route, 'query OrderDetail')) return await route.continue();
      asked += 1;
      if (asked > 2) return await route.continue();
      const response = await route.fetch();
      const body = (await response.text()).replace('"status":"PAID"', '"status":"PENDING"');
      return await route.fulfill({ response, body });
    });
    await goTo(`/orders/${order!.id}`);
    const steps = page.getByRole('list', { name: 'Progress' });
    await steps.getByText('Being paid').waitFor();
    await steps.getByText('Paid', { exact: true }).waitFor();
    expect(asked).toBeGreaterThanOrEqual(3);
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
