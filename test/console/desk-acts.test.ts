import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { ordered } from './ada.ts';
import { sharedChromium } from './chromium.ts';
import { type Person, personOf, problemOf } from './person.ts';
import { registerStaff, staffAt } from './staff-person.ts';

/** What operators do for a customer, what the customer sees of it, and what an auditor reads of it. */

let browser: Browser;
let system: SystemAddresses;
let origin: string;
let ada: Customer;
let customer: Person;
let operator: Person;
let auditor: Person;
let arthur: Customer;

beforeAll(async () => {
  [browser, system] = await Promise.all([sharedChromium(), sharedSystem()]);
  origin = system.origins.router;
  const [olga, anAuditor] = await Promise.all([
    registerStaff(system, ['OPERATOR'], 'Olga'),
    registerStaff(system, ['AUDITOR'], 'Arthur'),
  ]);
  arthur = anAuditor;
  ada = await registerCustomer(system.url);
  [customer, operator, auditor] = await Promise.all([
    personOf(browser, origin, ada),
    staffAt(browser, origin, olga),
    staffAt(browser, origin, anAuditor),
  ]);
}, 120_000);

afterAll(async () => {
  for (const { complaints, context } of [customer, operator, auditor]) {
    expect(complaints).toEqual([]);
    await context.close();
  }
  await browser.close();
});

/** Fills in the reason of a form that its address has filled in otherwise, and submits it. */
async function act({ page, goTo }: Person, path: string, reason: string, button: string): Promise<void> {
  await goTo(path);
  await page.getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: button, exact: true }).click();
}

async function look(page: Page): Promise<void> {
  await page.getByRole('form', { name: 'Why you look' }).getByLabel('Reason').fill('The yearly audit');
  await page.getByRole('button', { name: 'Show' }).click();
}

const entry = (page: Page, text: string): Locator =>
  page.getByRole('list', { name: 'Entries' }).getByRole('listitem').filter({ hasText: text }).first();

test('an operator freezes a customer, whose order is rejected, releases the customer and refunds an order', async () => {
  const paid = await ordered(ada, 'tea', '12.00', 'PAID');
  const { page } = operator;
  await act(operator, `/desk/freeze?customer=${ada.id}`, 'A thief has the phone', 'Freeze');
  await page.getByRole('heading', { name: 'The customer is frozen' }).waitFor();
  await act(operator, `/desk/freeze?customer=${ada.id}`, 'A thief has the phone', 'Freeze');
  await page.locator('.field-error, [role=alert]').filter({ hasText: 'frozen' }).first().waitFor();

  const rejected = await ordered(ada, 'lamp', '1.00', 'REJECTED');
  await customer.goTo(`/orders/${rejected}`);
  await customer.page.getByText('The account is frozen.').first().waitFor();
  await act(operator, `/desk/unfreeze?customer=${ada.id}`, 'The phone is found', 'Release');
  await page.getByRole('heading', { name: 'The customer is released' }).waitFor();

  await act(operator, `/desk/refund?order=${paid}`, 'The tea was spoilt', 'Refund');
  await page.getByRole('heading', { name: 'The order is being refunded' }).waitFor();
  await until('the refund', async () => (await ada.order(paid))?.status === 'REFUNDED');
  expect(await ada.balance()).toBe('100.00');
  await customer.goTo(`/orders/${paid}`);
  await customer.page.getByText('Refunded').first().waitFor();
});

test('an operator deposits and withdraws for a customer by the number of the account, once for each form', async () => {
  const { number } = await ada.account('EUR');
  const { page, goTo } = operator;
  await goTo(`/desk/deposit?account=${number}&currency=EUR`);
  await page.getByRole('button', { name: 'Deposit', exact: true }).click();
  expect(await problemOf(page, page.getByLabel('Amount'))).toBe('Enter an amount, such as 12.50.');
  expect(await problemOf(page, page.getByLabel('Reason'))).toBe('Enter why you do this.');
  await page.getByLabel('Amount').fill('40');
  await page.getByLabel('Reason').fill('Paid at the desk');
  await page.getByRole('button', { name: 'Deposit', exact: true }).dblclick();
  await page.getByRole('heading', { name: '€40.00 deposited' }).waitFor();
  expect(await ada.balance('EUR')).toBe('40.00');

  await goTo(`/desk/withdraw?account=${number}&currency=EUR`);
  await page.getByLabel('Amount').fill('40.01');
  await page.getByLabel('Reason').fill('Paid out at the desk');
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await until('the refusal', async () => (await problemOf(page, page.getByLabel('Amount'))) !== '');
  expect(await page.getByLabel('Reason').inputValue()).toBe('Paid out at the desk');
  await page.getByLabel('Amount').fill('15');
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await page.getByRole('heading', { name: '€15.00 withdrawn' }).waitFor();
  expect(await ada.balance('EUR')).toBe('25.00');
});

test('an operator ends sessions, resets factors, restores an address, and grants and revokes a role from a customer', async () => {
  const { page, goTo } = operator;
  await goTo(`/desk/customers/${ada.id}`);
  await page.getByLabel('Reason').fill('The customer called');
  await page.getByRole('button', { name: 'Find', exact: true }).click();
  for (const [link, button, heading] of [
    ['End all sessions', 'End all sessions', 'All sessions are ended'],
    ['Restore an email address', 'Restore', 'The address is waiting for its proof'],
    ['Reset second factors', 'Reset second factors', 'The second factors are removed'],
    ['Grant a role', 'Grant', 'The role is granted'],
    ['Revoke Support', 'Revoke', 'The role is revoked'],
  ] as const) {
    await page.getByRole('link', { name: link, exact: true }).click();
    expect(await page.getByLabel('Customer ID').inputValue()).toBe(ada.id);
    if (button === 'Restore') await page.getByRole('textbox', { name: 'Email address' }).fill(`restored.${ada.email}`);
    await page.getByLabel('Reason').fill(`By phone: ${link}`);
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('heading', { name: heading }).waitFor();
    await page.getByRole('link', { name: 'Done' }).click();
  }
  await page.getByText('The customer is signed in nowhere.').waitFor();
  await act(operator, `/desk/revoke-role?customer=${ada.id}&role=AUDITOR`, 'By mistake', 'Revoke');
  await page.locator('.field-error, [role=alert]').filter({ hasText: 'does not have this role' }).first().waitFor();
});

test('an auditor reads each act with its reason, finds it by filter, and can act nowhere', async () => {
  const { page, goTo } = auditor;
  await goTo(`/desk/audit?log=billing&customer=${ada.id}`);
  for (const [title, reason] of [
    ['Froze accounts', 'A thief has the phone'],
    ['Released accounts', 'The phone is found'],
    ['Deposited', 'Paid at the desk'],
    ['Withdrew', 'Paid out at the desk'],
  ] as const) {
    await entry(page, title).getByText(reason).waitFor();
  }
  await entry(page, 'Deposited').getByRole('button').click();
  await entry(page, 'Deposited').getByText('amount: €40.00').waitFor();
  await page.getByText('Orders', { exact: true }).click();
  await entry(page, 'Refunded an order').getByText('The tea was spoilt').waitFor();
  await goTo(`/desk/audit?log=user&customer=${ada.id}`);
  for (const title of ['Restored an email address', 'Reset second factors', 'Granted a role', 'Revoked a role']) {
    await entry(page, title).getByText('By phone').waitFor();
  }
  await goTo(`/desk/audit?log=billing&customer=${ada.id}&act=WITHDREW`);
  await entry(page, 'Withdrew').waitFor();
  expect(await page.getByRole('list', { name: 'Entries' }).getByRole('listitem').count()).toBe(1);

  const names = await page.getByRole('navigation', { name: 'Desk' }).getByRole('link').allTextContents();
  expect(names).not.toContain('Acts');
  await goTo(`/desk/freeze?customer=${ada.id}`);
  await page.getByText('There is no page at this address for your role').waitFor();
  expect(await page.getByRole('form').count()).toBe(0);
});

test('an operator requests a reconciliation, and an auditor sees its result', async () => {
  const { page, goTo } = operator;
  await goTo('/desk/reconciliation');
  const runs = (at: Page) => at.getByRole('list', { name: 'Runs' }).getByRole('listitem').first();
  const result = /No findings|Findings: \d+/;
  const button = page.getByRole('button', { name: 'Run it now' });
  // Other files request runs of the same system, and leave work behind that a run can find. A busy machine can end a run.
  await until(
    'the result of the run',
    async () => {
      if (!(await button.isVisible())) return false;
      await page.getByLabel('Reason').fill('The monthly close');
      await button.click();
      await button.waitFor({ state: 'detached' });
      await button.waitFor({ timeout: 120_000 });
      return await runs(page).getByText(result).isVisible();
    },
    170_000,
  );
  await runs(page).getByRole('button').click();
  await runs(page).getByText('The monthly close').waitFor();
  await auditor.goTo('/desk/reconciliation');
  await runs(auditor.page)
    .getByText(/indings/)
    .waitFor();
  expect(await auditor.page.getByRole('form').count()).toBe(0);
  await auditor.goTo('/desk/audit?log=billing&act=REQUESTED_VERIFICATION');
  // Other files request runs of the same system.
  const entries = auditor.page.getByRole('list', { name: 'Entries' }).getByRole('listitem');
  await entries.filter({ hasText: 'The monthly close' }).getByText('Requested a reconciliation').waitFor();
}, 180_000);

test('an auditor reads the house accounts and their entries, and the look is in the audit log', async () => {
  const { page, goTo } = auditor;
  await goTo('/desk/house');
  await look(page);
  await page.getByRole('link', { name: 'Cash, EUR' }).click();
  await entry(page, 'Withdrawal').getByText('+€15.00').waitFor();
  await page.getByText('Balance:').waitFor();
  // Another file looks at other house accounts meanwhile.
  await goTo(`/desk/audit?log=billing&act=LOOKED_AT_HOUSE_ACCOUNTS&actor=${arthur.id}`);
  await entry(page, 'Looked at the house accounts').getByText('The yearly audit').waitFor();
  await entry(page, 'Looked at the house accounts').getByRole('button').click();
  expect(await entry(page, 'Looked at').textContent()).toContain('kind: CASH, currency: EUR');
});
