import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { registerCustomer, settled } from '#test/customer.ts';
import { createWebhook } from '#test/webhook-endpoint.ts';
import { launchChromium } from './chromium.ts';
import { personAt } from './person.ts';

/**
 * `npm run web:pictures` takes a picture of every page of a running system's console, in light, in dark and at the width
 * of a phone, into `.data/pictures`. With `--documented` it takes the pictures of the documentation, into `docs/images`.
 */
const { values } = parseArgs({
  options: {
    origin: { type: 'string', default: 'http://127.0.0.1:4000' },
    documented: { type: 'boolean', default: false },
  },
});

const folder = values.documented ? 'docs/images' : '.data/pictures';

const documented = new Set([
  'overview-light',
  'overview-dark',
  'transfer-phone',
  'order-phone',
  'messages-phone',
  'history-light',
  'statement-dark',
]);

const forms = {
  light: { colorScheme: 'light', viewport: { width: 1280, height: 860 } },
  dark: { colorScheme: 'dark', viewport: { width: 1280, height: 860 } },
  phone: {
    colorScheme: 'light',
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  },
  'phone-dark': {
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  },
} as const;

mkdirSync(folder, { recursive: true });
const url = `${values.origin}/graphql`;
const [ada, grace] = [await registerCustomer(url, 'Ada'), await registerCustomer(url, 'Grace')];
const email = `ada.${Date.now().toString(36)}@example.com`;
const orders = await liveALittle();
const browser = await launchChromium();
for (const [form, options] of Object.entries(forms)) {
  const { page, context, goTo, complaints } = await personAt(browser, values.origin, options);
  const take = async (what: string) => {
    const name = `${what}-${form}`;
    if (values.documented && !documented.has(name)) return;
    await page.waitForFunction(
      () => document.querySelector('h1') !== null && document.querySelector('.loading, [aria-busy="true"]') === null,
    );
    await page.screenshot({
      path: join(folder, values.documented ? `console-${name}.png` : `${name}.png`),
      animations: 'disabled',
    });
  };
  await goTo('/sign-up');
  await take('sign-up');
  await goTo('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await take('sign-in');
  await page.getByLabel('Password', { exact: true }).fill(ada.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hello' }).waitFor();
  await page.getByText('Concert tickets').waitFor();
  await take('overview');
  await goTo('/deposit');
  await take('deposit');
  await quote(page, (await grace.account('EUR')).number);
  await take('transfer');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('heading', { name: 'Check the transfer' }).waitFor();
  await take('transfer-review');
  await goTo('/history?kind=TRANSFER,DEPOSIT&sort=largest');
  await take('history');
  await goTo(`/accounts/${(await ada.account('USD')).id}`);
  await page.getByRole('slider').waitFor();
  await take('statement');
  await goTo('/orders');
  await take('orders');
  await goTo(`/orders/${orders.refunded}`);
  await take('order');
  await goTo(`/orders/${orders.rejected}`);
  await take('order-rejected');
  await goTo('/orders/new');
  await take('new-order');
  await goTo('/messages');
  await page.getByRole('button', { name: 'Grace has sent you' }).first().click();
  await take('messages');
  await goTo('/settings/api-clients');
  await take('api-clients');
  await goTo('/settings/webhooks');
  await page.getByRole('button', { name: 'Show events of Shop' }).click();
  await page.getByText('The connection was refused').waitFor();
  await take('webhooks');
  await goTo('/settings');
  await take('settings');
  await page.getByRole('button', { name: 'Delete account' }).click();
  // On a touch screen, the dialog is drawn a moment after it exists.
  await page.getByLabel('Your password').click();
  await take('delete');
  await goTo('/history?min=999999');
  await take('history-empty');
  for (const complaint of complaints) console.error(complaint);
  await context.close();
}
await browser.close();

async function quote(page: Page, number: string): Promise<void> {
  await page.goto('/transfer');
  await page.getByLabel("Receiver's account number").fill(number);
  await page.getByLabel('Amount').fill('120');
  await page.getByLabel('Note').fill('Dinner in Paris');
  await page.getByText('1 USD = ').waitFor();
}

/** Creates one object of each kind for the pictures. */
async function liveALittle(): Promise<{ refunded: string; rejected: string }> {
  await ada.request('mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }', {
    input: { name: 'Ada Lovelace', email },
  });
  await ada.deposit('1850.00');
  await ada.deposit('640.00', 'EUR');
  await grace.deposit('900.00');
  await pay(ada, grace, 'USD', 'EUR', '75.00', 'Concert tickets');
  await pay(grace, ada, 'USD', 'CNY', '120.00', 'Thank you for the tickets!');
  await createWebhook(ada, 'http://127.0.0.1:9/webhooks', 'Shop');
  const batch = await ada.placeOrder({ productId: 'coffee beans', unitPrice: '12.50', quantity: 2 });
  await settled(ada, batch.order!.id, 'PAID');
  await ada.withdraw('200.00');
  const lamp = await ada.placeOrder({ productId: 'desk lamp', unitPrice: '64.90', currency: 'EUR' });
  await settled(ada, lamp.order!.id, 'PAID');
  await ada.request(`mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { userErrors { code } } }`, {
    input: { orderId: lamp.order!.id, idempotencyKey: 'pictures' },
  });
  await settled(ada, lamp.order!.id, 'REFUNDED');
  const machine = await ada.placeOrder({ productId: 'espresso machine', unitPrice: '2400.00' });
  await settled(ada, machine.order!.id, 'REJECTED');
  return { refunded: lamp.order!.id, rejected: machine.order!.id };
}

type Customer = Awaited<ReturnType<typeof registerCustomer>>;

async function pay(
  from: Customer,
  to: Customer,
  fromCurrency: 'USD' | 'EUR',
  toCurrency: 'EUR' | 'CNY',
  amount: string,
  description: string,
): Promise<void> {
  await from.request('mutation ($input: TransferInput!) { transfer(input: $input) { userErrors { code } } }', {
    input: {
      fromAccountId: (await from.account(fromCurrency)).id,
      toAccountId: (await to.account(toCurrency)).number,
      amount: { amount, currency: fromCurrency },
      description,
      idempotencyKey: `pictures-${description}`,
    },
  });
}
