import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { ordered } from './ada.ts';
import { faultsOf } from './axe.ts';
import { sharedChromium } from './chromium.ts';
import { type Person } from './person.ts';
import { registerStaff, staffAt } from './staff-person.ts';

/** The customer's page of the desk: support finds and reads, an operator also acts from it. */

let browser: Browser;
let ada: Customer;
let support: Person;
let operator: Person;
let paid: string;

beforeAll(async () => {
  const [shared, system] = await Promise.all([sharedChromium(), sharedSystem()]);
  browser = shared;
  const [sam, olga] = await Promise.all([
    registerStaff(system, ['SUPPORT'], 'Sam'),
    registerStaff(system, ['OPERATOR'], 'Olga'),
  ]);
  ada = await registerCustomer(system.url);
  paid = await ordered(ada, 'tea', '12.00', 'PAID');
  const options = { reducedMotion: 'reduce', colorScheme: 'light' } as const;
  [support, operator] = await Promise.all([
    staffAt(browser, system.origins.router, sam, options),
    staffAt(browser, system.origins.router, olga, options),
  ]);
}, 120_000);

afterAll(async () => {
  for (const { complaints, context } of [support, operator]) {
    expect(complaints).toEqual([]);
    await context.close();
  }
  await browser.close();
});

async function find(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label }).fill(text);
  await page.getByLabel('Reason').fill('The customer called');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
}

const part = async (page: Page, name: string) => await page.getByText(name, { exact: true }).first().click();
const rows = (page: Page, list: string) => page.getByRole('list', { name: list }).getByRole('listitem');

test('support finds a customer by address, reads every part with the address masked, and has no act', async () => {
  const { page, goTo } = support;
  await goTo('/desk');
  await find(page, 'Email address', 'nobody.at.all@example.com');
  await page.getByText('No customer is found. The search is recorded.').waitFor();
  await find(page, 'Email address', ada.email);
  await page.getByText('a…@example.com').first().waitFor();
  expect(await page.getByText(ada.email).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await part(page, 'Money');
  await rows(page, 'Accounts').first().getByRole('button').first().click();
  await page.getByRole('link', { name: 'Entries' }).waitFor();
  expect(await page.getByRole('link', { name: /Freeze|Deposit|Withdraw|Correct$/ }).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await part(page, 'Orders');
  await rows(page, 'Orders').first().getByRole('button').first().click();
  await page.getByText('Unit price').waitFor();
  expect(await page.getByRole('link', { name: 'Refund' }).count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await part(page, 'Messages');
  await rows(page, 'Messages').first().getByRole('button').first().click();
  await page.getByText('Sent by email').waitFor();
  expect(await faultsOf(page)).toEqual([]);
});

test('an operator finds a customer by order, refunds it from the page, and returns to the customer', async () => {
  const { page, goTo } = operator;
  await goTo('/desk/customers');
  await page.getByRole('button', { name: / Find by$/ }).click();
  await page.getByRole('option', { name: 'Order ID' }).click();
  await find(page, 'Order ID', paid);
  await page.getByText(ada.email).first().waitFor();
  await part(page, 'Money');
  await rows(page, 'Accounts').first().getByRole('button').first().click();
  await page.getByRole('link', { name: 'Entries' }).click();
  await page.getByRole('list', { name: 'Entries' }).getByText('Order payment').waitFor();
  await page.getByRole('link', { name: 'Back to the customer' }).click();
  await part(page, 'Orders');
  await rows(page, 'Orders').first().getByRole('button').first().click();
  await page.getByRole('link', { name: 'Refund' }).click();
  await page.getByLabel('Reason').fill('The tea was spoilt');
  await page.getByRole('button', { name: 'Refund', exact: true }).click();
  await page.getByRole('heading', { name: 'The order is being refunded' }).waitFor();
  await until('the refund', async () => (await ada.order(paid))?.status === 'REFUNDED');
  await page.getByRole('link', { name: 'Done' }).click();
  await rows(page, 'Orders').first().getByText('Refunded').waitFor();
  expect(await ada.balance()).toBe('100.00');
  await part(page, 'Messages');
  await rows(page, 'Messages').first().getByRole('button').first().click();
  await page.getByRole('link', { name: 'Send again' }).click();
  await page.getByLabel('Reason').fill('It did not arrive');
  await page.getByRole('button', { name: 'Send again', exact: true }).click();
  await page.getByRole('heading', { name: 'The message is on its way' }).waitFor();
});

test('after 15 minutes the desk says that the look has expired, shows nothing of it, and leads to the next look', async () => {
  const { page, goTo } = operator;
  await goTo(`/desk/customers/${ada.id}`);
  await page.getByLabel('Reason').fill('The customer called');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.getByText(ada.email).first().waitFor();
  // The server refuses a permit that has expired as it refuses a text that is none.
  await page.route('**/graphql', async (route) => {
    await route.continue({
      postData: route
        .request()
        .postData()!
        .replace(/"permit":"[^"]*"/, '"permit":"expired"'),
    });
  });
  await part(page, 'Orders');
  await page.getByText('Your look at this customer has expired').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  expect(await rows(page, 'Orders').count()).toBe(0);
  await page.unroute('**/graphql');
  await page.getByRole('button', { name: 'Look at the customer again' }).click();
  await page.getByLabel('Reason').fill('The customer still waits');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  await page.getByText(ada.email).first().waitFor();
});
