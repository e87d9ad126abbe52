import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { focused, personAt, personOf, signUp } from './person.ts';

/** The console with the keyboard only, and the position of the focus. */

let browser: Browser;
let origin: string;
let url: string;
let customer: Customer;

beforeAll(async () => {
  [
    browser,
    {
      url,
      origins: { router: origin },
    },
  ] = await Promise.all([sharedChromium(), sharedSystem()]);
  customer = await registerCustomer(url);
});

afterAll(async () => await browser.close());

test('a person can sign in, choose an account and add money by keyboard alone', async () => {
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

/** @param name the role and name of the element, as a screen reader reads them. */
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

  test('moves to the heading or the next field when the focused button disappears', async () => {
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
