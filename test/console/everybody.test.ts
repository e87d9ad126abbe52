import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { launchChromium } from './chromium.ts';
import { type Person, personAt, password } from './person.ts';

/** What makes the console usable for everybody: with a screen reader, by keyboard alone, on a phone, on a slow line. */

let browser: Browser;
let origin: string;
let customer: Customer;
let order: string;
let account: string;

beforeAll(async () => {
  const [launched, system] = await Promise.all([launchChromium(), sharedSystem()]);
  browser = launched;
  origin = system.origins.router;
  customer = await registerCustomer(system.url);
  await customer.deposit('20.00');
  const placed = await customer.placeOrder({ productId: 'book', unitPrice: '12.50', quantity: 2 });
  order = placed.order!.id;
  account = (await customer.account('USD')).id;
  await until('the order to be paid', async () => (await customer.order(order))?.status === 'PAID');
}, 60_000);

afterAll(async () => await browser.close());

async function signIn(person: Person): Promise<void> {
  await person.goTo('/sign-in');
  await person.page.getByLabel('Email').fill(customer.email);
  await person.page.getByLabel('Password').fill(customer.password);
  await person.page.getByRole('button', { name: 'Sign in' }).click();
  await person.page.getByRole('heading', { name: 'Hello' }).waitFor();
}

/** Every page, and something that is there once it is loaded. */
function pages(): readonly [path: string, ready: (page: Page) => Promise<void>][] {
  const text = (words: string) => async (page: Page) => await page.getByText(words).first().waitFor();
  return [
    ['/', text('Welcome gift')],
    ['/deposit', text('Balance: ')],
    ['/withdraw', text('Balance: ')],
    ['/transfer', text('Their account number')],
    ['/history?kind=DEPOSIT', text('1 movement')],
    ['/history?min=999999', text('Nothing matches')],
    [`/accounts/${account}`, async (page) => await page.getByRole('slider').waitFor()],
    ['/orders', text('2 × book')],
    ['/orders/new', text('Price of one')],
    [`/orders/${order}`, text('Payments')],
    ['/messages', async (page) => await page.getByRole('button', { name: 'Your order is paid' }).click()],
    [
      '/settings',
      async (page) => {
        await page.getByText('With us since').waitFor();
        await page.getByRole('button', { name: 'Delete account' }).click();
      },
    ],
  ];
}

/** What axe finds, a sentence for each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    async () => await (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('every page', () => {
  test.each(['light', 'dark'] as const)(
    'passes axe in %s',
    async (colorScheme) => {
      const visitor = await personAt(browser, origin, { colorScheme, reducedMotion: 'reduce' });
      const found: Record<string, string[]> = {};
      for (const path of ['/sign-in', '/sign-up']) {
        await visitor.goTo(path);
        await visitor.page.getByLabel('Email').waitFor();
        found[path] = await violations(visitor.page);
      }
      await signIn(visitor);
      for (const [path, ready] of pages()) {
        await visitor.goTo(path);
        await ready(visitor.page);
        found[path] = await violations(visitor.page);
      }
      expect(Object.entries(found).filter(([, sentences]) => sentences.length > 0)).toEqual([]);
      expect(visitor.complaints).toEqual([]);
      await visitor.context.close();
    },
    120_000,
  );

  test('fits a narrow phone without scrolling sideways', async () => {
    const visitor = await personAt(browser, origin, { viewport: { width: 320, height: 640 } });
    await signIn(visitor);
    const tooWide: string[] = [];
    for (const [path, ready] of pages()) {
      await visitor.goTo(path);
      await ready(visitor.page);
      const [content, window] = await visitor.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      if (content > window) tooWide.push(`${path} is ${content} wide`);
    }
    expect(tooWide).toEqual([]);
    await visitor.context.close();
  }, 120_000);
});

test('a keyboard alone is enough to sign in, choose an account and add money', async () => {
  const { page, context, goTo } = await personAt(browser, origin);
  const reach = async (name: string) => {
    for (let steps = 0; steps < 40; steps += 1) {
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      if ((await focused.count()) > 0 && (await focused.ariaSnapshot()).includes(name)) return;
    }
    throw new Error(`The keyboard does not reach ${name}.`);
  };
  await goTo('/sign-in');
  await page.getByLabel('Email').waitFor();
  await reach('Email');
  await page.keyboard.type(customer.email);
  await reach('Password');
  await page.keyboard.type(customer.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Hello' }).waitFor();
  await reach('Add money');
  await page.keyboard.press('Enter');
  await page.getByLabel('Amount').waitFor();
  await reach('US dollar');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Euro' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await reach('Amount');
  await page.keyboard.type('7.25');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: '€7.25 added' }).waitFor();
  expect(await page.locator(':focus').textContent()).toBe('€7.25 added');
  await context.close();
});

test('the first page needs less than 250 kB of compressed script', async () => {
  const { page, context } = await personAt(browser, origin);
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return;
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto('/');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThan(250_000);
  await context.close();
});

test('amounts and dates are in the locale of the person, and are understood as the locale writes them', async () => {
  const anna = await personAt(browser, origin, { locale: 'de-DE' });
  await anna.goTo('/sign-up');
  await anna.page.getByLabel('Name').fill('Anna');
  await anna.page.getByLabel('Email').fill(anna.email);
  await anna.page.getByLabel('Password').fill(password);
  await anna.page.getByRole('button', { name: 'Create wallet' }).click();
  await anna.page.getByRole('link', { name: 'Add money' }).click();
  await anna.page.getByLabel('Amount').fill('1.234,50');
  await anna.page.getByRole('button', { name: 'Add money' }).click();
  expect(await anna.page.getByRole('heading', { name: '1.234,50' }).textContent()).toMatch(/^1\.234,50\s\$ added$/);
  await anna.page.getByText(/^Your balance is 1\.334,50\s\$ now\.$/).waitFor();
  await anna.context.close();
});
