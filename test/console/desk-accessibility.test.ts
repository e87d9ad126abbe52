import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { faultsOf } from './axe.ts';
import { sharedChromium } from './chromium.ts';
import { focused, type Person, personOf } from './person.ts';
import { registerStaff, staffAt } from './staff-person.ts';

/** The desk with a screen reader, with the keyboard, in both themes and on a narrow phone. */

let browser: Browser;
let staff: Person;
let customer: Person;

beforeAll(async () => {
  const [shared, system] = await Promise.all([sharedChromium(), sharedSystem()]);
  browser = shared;
  const { router } = system.origins;
  const olga = await registerStaff(system, ['SUPPORT', 'OPERATOR', 'AUDITOR'], 'Olga');
  const ada = await registerCustomer(system.url);
  await ada.deposit('10.00');
  const options = { reducedMotion: 'reduce', colorScheme: 'light' } as const;
  staff = await staffAt(browser, router, olga, options);
  customer = await personOf(browser, router, ada, options);
  await staff.goTo(`/desk/corrections/new?account=${(await ada.account('USD')).id}`);
  await staff.page.getByLabel('Amount').fill('500');
  await staff.page.getByLabel('Reference').fill('Goodwill'.repeat(17));
  await staff.page.getByLabel('Reason').fill('A reason without a single space: '.replaceAll(' ', '-').repeat(15));
  await staff.page.getByRole('button', { name: 'Propose', exact: true }).click();
  await staff.page.getByRole('heading', { name: 'The correction is proposed' }).waitFor();
}, 120_000);

afterAll(async () => {
  for (const { complaints, context } of [staff, customer]) {
    expect(complaints).toEqual([]);
    await context.close();
  }
  await browser.close();
});

const submit = (button: string) => async (page: Page) => {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.locator('.field-error').filter({ hasText: /\w/ }).first().waitFor();
};

async function look(page: Page): Promise<void> {
  await page.getByRole('form', { name: 'Why you look' }).getByLabel('Reason').fill('The yearly audit');
  await page.getByRole('button', { name: 'Show' }).click();
}

async function openFirst(page: Page): Promise<void> {
  await page.getByRole('main').getByRole('listitem').first().getByRole('button').click();
  await page.getByRole('main').locator('.opened').waitFor();
}

const unknownId = '00000000-0000-4000-8000-000000000000';

/** Every page, with the steps until the page shows all of its content. */
const pages: readonly [path: string, ready: (page: Page) => Promise<void>][] = [
  ['/desk/acts', async (page) => await page.getByText('Lifts a freeze').waitFor()],
  ['/desk/freeze', submit('Freeze')],
  ['/desk/unfreeze', submit('Release')],
  ['/desk/refund', submit('Refund')],
  ['/desk/end-sessions', submit('End all sessions')],
  ['/desk/reset-factors', submit('Reset second factors')],
  ['/desk/restore-email', submit('Restore')],
  ['/desk/resend', submit('Send again')],
  ['/desk/grant-role', submit('Grant')],
  ['/desk/revoke-role?role=AUDITOR', submit('Revoke')],
  ['/desk/deposit', submit('Deposit')],
  ['/desk/withdraw', submit('Withdraw')],
  ['/desk/dead-letters?of=order&kind=none', async (page) => await page.getByText('No dead letters').waitFor()],
  ['/desk/corrections/new', submit('Propose')],
  ['/desk/corrections', async (page) => await look(page).then(async () => await openFirst(page))],
  ['/desk/house', submit('Show')],
  ['/desk/house/CASH/USD', async (page) => await look(page).then(async () => await openFirst(page))],
  ['/desk/audit?log=billing', openFirst],
  [
    `/desk/audit?act=RESENT_MESSAGE&actor=${unknownId}`,
    async (page) => await page.getByText('No entries match').waitFor(),
  ],
  ['/desk/nowhere', async (page) => await page.getByText('There is no page at this address').waitFor()],
];

describe('every page of the desk passes axe in light and dark, and fits a narrow phone without horizontal scrolling', () => {
  test.each(pages)('%s', async (path, ready) => {
    await staff.goTo(path);
    await ready(staff.page);
    expect(await faultsOf(staff.page)).toEqual([]);
  });

  test('what the desk shows without a role', async () => {
    await customer.goTo('/desk');
    await customer.page.getByRole('heading', { name: 'The desk is for staff' }).waitFor();
    expect(await faultsOf(customer.page)).toEqual([]);
  });
});

test('an operator reaches every field by keyboard alone, and a refused field gets the focus', async () => {
  const { page, goTo } = staff;
  const reach = async (name: string) => {
    for (let steps = 0; steps < 40; steps += 1) {
      if ((await focused(page)).includes(name)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${name}.`);
  };
  await goTo('/desk/acts');
  await page.getByRole('link', { name: 'Freeze', exact: true }).waitFor();
  await reach('link "Freeze"');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Freeze' }).waitFor();
  await reach('Customer ID');
  await page.keyboard.type(unknownId);
  await reach('Reason');
  await page.keyboard.type('Reported by phone');
  await reach('button "Freeze"');
  await page.keyboard.press('Enter');
  await until('the focus on the refused field', async () => (await focused(page)).includes('Customer ID'));
  expect(await page.getByRole('heading', { name: 'frozen' }).count()).toBe(0);
});
