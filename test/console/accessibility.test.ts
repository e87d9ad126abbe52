import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { scopes } from '#platform/identity/scopes.ts';
import { createApiClient } from '#test/api-client.ts';
import { createWebhook } from '#test/webhook-endpoint.ts';
import { type Customer, registerCustomer, settled } from '#test/customer.ts';
import { sharedSystem } from '#test/shared-system.ts';
import { faultsOf } from './axe.ts';
import { sharedChromium } from './chromium.ts';
import { type Person, personAt, personOf, password } from './person.ts';

/** The console with a screen reader, in both themes, on a narrow phone, over a slow connection, in other locales. */

let browser: Browser;
let origin: string;
let customer: Customer;
let order: string;
let rejected: string;
let account: string;

/** Texts and amounts close to the largest that the server accepts. */
const longest = {
  name: 'Maximiliana-Konstantinopolitania von und zu Hohenlohe-Langenburg-Schillingsfürst',
  product: 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(3),
  amount: '999999999.99',
};

beforeAll(async () => {
  const [shared, { url, origins }] = await Promise.all([sharedChromium(), sharedSystem()]);
  browser = shared;
  origin = origins.router;
  customer = await registerCustomer(url);
  await customer.request(
    'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }',
    {
      input: { name: longest.name, email: customer.email },
    },
  );
  for (const currency of ['USD', 'EUR', 'CNY'] as const) await customer.deposit(longest.amount, currency);
  await customer.placeOrder({ productId: longest.product, unitPrice: longest.amount });
  const placed = await customer.placeOrder({ productId: 'book', unitPrice: '12.50', quantity: 2 });
  order = placed.order!.id;
  const tooDear = { productId: longest.product, unitPrice: '1000000000.00', currency: 'EUR' } as const;
  rejected = (await customer.placeOrder(tooDear)).order!.id;
  account = (await customer.account('CNY')).id;
  await createApiClient(origin, customer, scopes, 'Nachtschichtabrechnungsprogramm'.repeat(3));
  await createWebhook(customer, `http://127.0.0.1:9/${'Bestellungsbestätigung'.repeat(20)}`);
  await settled(customer, order, 'PAID');
  await settled(customer, rejected, 'REJECTED');
});

afterAll(async () => await browser.close());

const text = (words: string) => async (page: Page) => await page.getByRole('main').getByText(words).first().waitFor();

/** Every page, with the steps until the page shows all of its content. */
const pages: readonly [path: string, ready: (page: Page) => Promise<void>][] = [
  ['/', text('Welcome gift')],
  ['/deposit', text('Balance: ')],
  ['/withdraw', text('Balance: ')],
  ['/transfer', text("Receiver's account number")],
  [
    '/history?kind=DEPOSIT',
    async (page) => {
      await text('3 transactions')(page);
      await page.getByRole('main').getByRole('listitem').first().getByRole('button').click();
      await text('Transaction ID')(page);
    },
  ],
  ['/history?min=9999999999', text('No transactions match')],
  ['/accounts/:account', async (page) => await page.getByRole('slider').waitFor()],
  ['/orders', text('2 × book')],
  ['/deposit?for=:rejected', text('is missing for')],
  [
    '/orders/new?again=:rejected',
    async (page) => {
      await page.getByLabel('Quantity').fill('none');
      await page.getByRole('button', { name: 'Place order' }).click();
      await text('Enter a whole number.')(page);
    },
  ],
  [
    '/orders/:order',
    async (page) => {
      await page.getByRole('button', { name: 'Your order is paid: 2 × book' }).click();
      await page.getByRole('button', { name: 'Order payment: 2 × book' }).click();
      await text('Transaction ID')(page);
    },
  ],
  ['/messages', async (page) => await page.getByRole('button', { name: 'Your order is paid: 2 × book' }).click()],
  [
    '/settings',
    async (page) => {
      await page.getByText('Customer since').waitFor();
      await page.getByRole('button', { name: 'Delete account' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  ],
  [
    '/settings/api-clients',
    async (page) => {
      await text(`Expires: `)(page);
      await page.getByRole('button', { name: 'Create an API client' }).click();
      await text('Choose at least one scope.')(page);
    },
  ],
  [
    '/settings/webhooks',
    async (page) => {
      await page.getByRole('button', { name: /^Show events of/ }).click();
      await text('The connection was refused')(page);
      await page.getByRole('button', { name: 'Create a webhook' }).click();
      await text('Choose at least one event.')(page);
    },
  ],
  [
    '/settings/shops',
    async (page) => {
      await page.getByRole('button', { name: 'Find the shop' }).click();
      await text('Enter the id that the shop shows you.')(page);
    },
  ],
  ['/nowhere', text('There is no page at this address')],
];

describe('every page passes axe in light and dark, and fits a narrow phone without horizontal scrolling', () => {
  let person: Person;
  beforeAll(async () => {
    person = await personOf(browser, origin, customer, { reducedMotion: 'reduce', colorScheme: 'light' });
  });
  afterAll(async () => {
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });

  test.each(pages)('%s', async (path, ready) => {
    await person.goTo(path.replace(':account', account).replace(':order', order).replace(':rejected', rejected));
    await ready(person.page);
    expect(await faultsOf(person.page)).toEqual([]);
  });

  test.each(['/sign-in', '/sign-up'])('%s', async (path) => {
    const visitor = await personAt(browser, origin, { reducedMotion: 'reduce', colorScheme: 'light' });
    await visitor.goTo(path);
    await visitor.page
      .getByRole('form')
      .getByRole('button', { name: /^(Sign in|Create wallet)$/ })
      .click();
    await visitor.page.locator('.field-error').nth(1).waitFor();
    expect(await faultsOf(visitor.page)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  test.each(['/forgot-password', '/reset-password', '/prove-email', '/undo-email-change'])('%s', async (path) => {
    const visitor = await personAt(browser, origin, { reducedMotion: 'reduce', colorScheme: 'light' });
    await visitor.goTo(path);
    await visitor.page.getByRole('form').getByRole('button').last().waitFor();
    expect(await faultsOf(visitor.page)).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
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

test.each([
  ['de-DE', '1.234,50', /^1\.234,50\s\$ added$/, /^Your US dollar balance is now 1\.334,50\s\$\.$/],
  ['ar-EG', '١٬٢٣٤٫٥٠', /١٬٢٣٤٫٥٠\sUS\$ added$/, /^Your US dollar balance is now .*١٬٣٣٤٫٥٠\sUS\$\.$/],
])('amounts are shown, and read, as the locale %s writes them', async (locale, typed, added, balance) => {
  const anna = await personAt(browser, origin, { locale });
  await anna.goTo('/sign-up');
  await anna.page.getByLabel('Name').fill('Anna');
  await anna.page.getByLabel('Email').fill(anna.email);
  await anna.page.getByLabel('Password', { exact: true }).fill(password);
  await anna.page.getByRole('button', { name: 'Create wallet' }).click();
  await anna.page.getByRole('link', { name: 'Add money' }).click();
  await anna.page.getByLabel('Amount').fill(typed);
  await anna.page.getByRole('button', { name: 'Add money' }).click();
  expect(await anna.page.getByRole('heading', { level: 2 }).textContent()).toMatch(added);
  await anna.page.getByText(balance).waitFor();
  await anna.context.close();
});
