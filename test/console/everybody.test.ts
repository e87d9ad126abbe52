import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import axe, { type AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { focused, type Person, personAt, personOf, password, signUp } from './person.ts';

/** What makes the console usable for everybody: with a screen reader, by keyboard alone, on a phone, on a slow line. */

let browser: Browser;
let origin: string;
let url: string;
let customer: Customer;
let order: string;
let rejected: string;
let account: string;

/** Of everything the largest and the longest that there may be. */
const longest = {
  name: 'Maximiliana-Konstantinopolitania von und zu Hohenlohe-Langenburg-Schillingsfürst',
  product: 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(3),
  amount: '999999999.99',
};

beforeAll(async () => {
  const [shared, system] = await Promise.all([sharedChromium(), sharedSystem()]);
  browser = shared;
  ({
    url,
    origins: { router: origin },
  } = system);
  customer = await registerCustomer(system.url);
  await customer.ask(
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
  await until('the order to be paid', async () => (await customer.order(order))?.status === 'PAID');
  await until('the other to be rejected', async () => (await customer.order(rejected))?.status === 'REJECTED');
}, 60_000);

afterAll(async () => await browser.close());

const text = (words: string) => async (page: Page) => await page.getByRole('main').getByText(words).first().waitFor();

/** Every page, and what is done there until it shows all that it has. */
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
  ['/nowhere', text('There is no page at this address')],
];

/** Those of axe's rules that can tell light from dark. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** What axe finds by its usual rules, or by some of them, a sentence for each. */
async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const { violations } = await page.evaluate(
    async (options) =>
      await (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run(options),
    rules === undefined ? {} : { runOnly: { type: 'rule', values: rules } },
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** In light, in dark, and as wide as the narrowest phone. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const inLight = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const inDark = await violations(page, rulesOfColour);
  const roomy = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  await page.setViewportSize(roomy);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...inLight, ...inDark, ...(content > window ? [`${content} wide where there are ${window}`] : [])];
}

describe('every page passes axe in light and in dark, and fits a narrow phone without scrolling sideways', () => {
  let person: Person;
  beforeAll(async () => {
    person = await personOf(browser, origin, customer, { reducedMotion: 'reduce', colorScheme: 'light' });
  });
  afterAll(async () => {
    expect(person.complaints).toEqual([]);
    await person.context.close();
  });

  test.each(pages)(
    '%s',
    async (path, ready) => {
      await person.goTo(path.replace(':account', account).replace(':order', order).replace(':rejected', rejected));
      await ready(person.page);
      expect(await faultsOf(person.page)).toEqual([]);
    },
    60_000,
  );

  test.each(['/sign-in', '/sign-up'])(
    '%s',
    async (path) => {
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
    },
    60_000,
  );
});

test('a keyboard alone is enough to sign in, choose an account and add money', async () => {
  const { page, context, goTo } = await personAt(browser, origin);
  const reach = async (name: string) => {
    for (let steps = 0; steps < 40; steps += 1) {
      if ((await focused(page)).includes(name)) return;
      await page.keyboard.press('Tab');
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

/** @param name as a screen reader reads it, with its role. */
async function expectFocusOn(page: Page, name: string): Promise<void> {
  await until(`the focus on ${name}`, async () => (await focused(page)).includes(name));
}

describe('the focus', () => {
  test('is on the heading after signing up', async () => {
    const newcomer = await personAt(browser, origin);
    await signUp(newcomer, 'Anna');
    await expectFocusOn(newcomer.page, 'heading "Hello, Anna"');
    await newcomer.context.close();
  });

  test('is never lost: where the focused button is gone, the heading or the next field has it', async () => {
    const bob = await registerCustomer(url, 'Bob');
    for (let amount = 1; amount <= 21; amount += 1) await bob.deposit(`${amount}.00`);
    const { order: tea } = await bob.placeOrder({ productId: 'tea', unitPrice: '1.00' });
    await until('the payment', async () => (await bob.order(tea!.id))?.status === 'PAID');
    const { page, goTo, context } = await personOf(browser, origin, bob);
    const press = async (name: string) => {
      const button = page.getByRole('button', { name, exact: true });
      await button.focus();
      await page.keyboard.press('Enter');
    };
    const expectFocus = async (name: string) => await expectFocusOn(page, name);

    await goTo('/history?kind=DEPOSIT');
    await page.getByText('21 transactions').waitFor();
    await press('Next');
    await expectFocus('heading "History"');
    await press('Clear filters');
    await expectFocus('heading "History"');

    await goTo(`/orders/${tea!.id}`);
    await press('Refund');
    await press('Keep the order');
    await expectFocus('button "Refund"');
    await press('Refund');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Refund' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Progress' }).getByText('Refunded', { exact: true }).waitFor();
    await expectFocus('heading "1 × tea"');

    await goTo('/transfer');
    await page.getByLabel("Receiver's account number").fill((await customer.account('EUR')).number);
    await page.getByLabel('Amount').fill('2');
    await page.keyboard.press('Enter');
    await expectFocus('heading "Check the transfer"');
    await press('Change');
    await expectFocus('textbox "Amount"');
    await page.keyboard.press('Enter');
    await expectFocus('heading "Check the transfer"');
    await press('Confirm and send');
    await expectFocus('heading "€1.80 sent"');
    await press('Send more');
    await expectFocus('textbox "Receiver');

    await goTo('/deposit');
    await page.getByLabel('Amount').fill('2');
    await page.keyboard.press('Enter');
    await expectFocus('heading "$2.00 added"');
    await press('Add more');
    await expectFocus('textbox "Amount"');
    await page.getByRole('link', { name: 'Overview' }).focus();
    await page.keyboard.press('Enter');
    await expectFocus('heading "Hello, Bob"');
    await context.close();
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
])(
  'amounts are in the locale of the person, and are understood as it writes them: %s',
  async (locale, typed, added, balance) => {
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
  },
);
