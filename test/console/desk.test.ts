import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { type Person, personOf, problemOf } from './person.ts';
import { registerGranted, registerStaff, staffAt, type StaffMember } from './staff-person.ts';

/** The desk of staff: who sees it, and corrections that two operators decide. */

let browser: Browser;
let system: SystemAddresses;
let origin: string;
let ada: Customer;
let olga: StaffMember;
let oscar: StaffMember;
let accountId: string;

beforeAll(async () => {
  [browser, system] = await Promise.all([sharedChromium(), sharedSystem()]);
  origin = system.origins.router;
  [ada, olga, oscar] = await Promise.all([
    registerCustomer(system.url),
    registerStaff(system, ['OPERATOR'], 'Olga'),
    registerStaff(system, ['OPERATOR'], 'Oscar'),
  ]);
  accountId = (await ada.account('USD')).id;
}, 120_000);

afterAll(async () => await browser.close());

const close = async (...people: readonly Person[]) => {
  for (const { complaints, context } of people) {
    expect(complaints).toEqual([]);
    await context.close();
  }
};

async function fillProposal(page: Page, amount: string, reference: string): Promise<void> {
  await page.goto(`/desk/corrections/new?account=${accountId}&currency=USD`);
  await page.getByLabel('Amount').fill(amount);
  await page.getByLabel('Reference').fill(reference);
  await page.getByLabel('Reason').fill('The parcel came three weeks late');
}

/** Says why, where the desk asks for the reason of a look. */
async function look(page: Page, reason = 'Deciding about corrections'): Promise<void> {
  await page.getByRole('form', { name: 'Why you look' }).getByLabel('Reason').fill(reason);
  await page.getByRole('button', { name: 'Show' }).click();
}

const proposeButton = (page: Page) => page.getByRole('button', { name: 'Propose', exact: true });
const row = (page: Page, text: string) =>
  page.getByRole('list', { name: 'Corrections' }).getByRole('listitem').filter({ hasText: text });

describe('the desk', () => {
  test('is not loaded by the browser of a customer, whom its address tells how a role counts', async () => {
    const person = await personOf(browser, origin, ada);
    const loaded: string[] = [];
    person.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await person.goTo('/');
    // The page has prefetched the other pages.
    await until('the other pages', () => loaded.some((path) => path.startsWith('/assets/settings-')));
    expect(await person.page.getByRole('link', { name: 'Desk' }).count()).toBe(0);
    await person.goTo('/desk/corrections');
    await person.page.getByRole('heading', { name: 'The desk is for staff' }).waitFor();
    expect(loaded.filter((path) => path.startsWith('/assets/desk-'))).toEqual([]);

    const staff = await staffAt(browser, origin, olga);
    staff.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await staff.goTo('/');
    await staff.page.getByRole('link', { name: 'Desk' }).click();
    await staff.page.getByRole('heading', { name: 'Find a customer' }).waitFor();
    expect(loaded.some((path) => path.startsWith('/assets/desk-'))).toBe(true);
    await close(person, staff);
  });

  test('tells staff without a second factor how their role counts', async () => {
    const person = await personOf(browser, origin, await registerGranted(system, ['OPERATOR']));
    await person.goTo('/desk');
    await person.page.getByText('it counts only with a second factor').waitFor();
    await person.page.getByRole('link', { name: 'Go to the settings' }).click();
    await person.page.getByRole('button', { name: 'Set up an authenticator app' }).waitFor();
    expect(new URL(person.page.url()).pathname).toBe('/settings');
    await close(person);
  });

  test('keeps what was typed while its staff member signs in again', async () => {
    const staff = await staffAt(browser, origin, olga);
    const { page } = staff;
    await fillProposal(page, '7.25', 'Kept');
    await page.context().clearCookies();
    await page.route(
      '**/graphql',
      async (route) =>
        await route.fulfill({ json: { errors: [{ message: '', extensions: { code: 'UNAUTHENTICATED' } }] } }),
      { times: 1 },
    );
    await proposeButton(page).click();
    await page.getByText('Your session as staff has ended').waitFor();
    expect(await page.getByLabel('Reference').isVisible()).toBe(false);

    await page.getByLabel('Email').fill(olga.email);
    await page.getByLabel('Password', { exact: true }).fill(olga.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Code', { exact: true }).fill(olga.recoveryCodes.pop()!);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Reference').waitFor();
    expect(await page.getByLabel('Reference').inputValue()).toBe('Kept');
    await proposeButton(page).click();
    await page.getByRole('heading', { name: 'The correction is applied' }).waitFor();
    await page.getByText('$7.25 were put on the account.').waitFor();
    expect(await ada.balance()).toBe('107.25');
    await close(staff);
  });
});

describe('a correction', () => {
  test('of a large amount moves money after another operator has approved it, and its proposer cannot', async () => {
    const [proposer, approver] = [await staffAt(browser, origin, olga), await staffAt(browser, origin, oscar)];
    await fillProposal(proposer.page, '250', 'Goodwill for a late parcel');
    await proposeButton(proposer.page).click();
    await proposer.page.getByRole('heading', { name: 'The correction is proposed' }).waitFor();
    const before = await ada.balance();
    await proposer.page.getByRole('link', { name: 'See corrections' }).click();
    await look(proposer.page);
    await row(proposer.page, 'Goodwill for a late parcel').getByRole('button').click();
    await proposer.page.getByText('another operator must approve or decline it').waitFor();

    await approver.goTo('/desk/corrections');
    await look(approver.page);
    await row(approver.page, 'Goodwill for a late parcel').getByRole('button').click();
    const approve = approver.page.getByRole('button', { name: 'Put $250.00 on the account' });
    const reason = approver.page.getByLabel('Reason');
    await approve.click();
    expect(await problemOf(approver.page, reason)).toBe('Enter why you do this.');
    await reason.fill('ok');
    await approve.click();
    await until('the refusal', async () => (await problemOf(approver.page, reason)).includes('5 to 500 characters'));
    expect(await ada.balance()).toBe(before);
    await reason.fill('The carrier confirms it');
    await approve.click();
    await approver.page.getByText('You approved it. $250.00 were put on the account.').waitFor();
    expect(Number(await ada.balance())).toBe(Number(before) + 250);
    await close(proposer, approver);
  });

  test('is declined in words, and found among the declined ones', async () => {
    const [proposer, other] = [await staffAt(browser, origin, olga), await staffAt(browser, origin, oscar)];
    await fillProposal(proposer.page, '999', 'Too generous');
    await proposeButton(proposer.page).click();
    await proposer.page.getByRole('heading', { name: 'The correction is proposed' }).waitFor();
    await other.goTo('/desk/corrections');
    await look(other.page);
    await row(other.page, 'Too generous').getByRole('button').click();
    await other.page.getByText('Decline', { exact: true }).click();
    await other.page.getByLabel('Reason').fill('There is no ticket for it');
    await other.page.getByRole('button', { name: 'Decline the correction' }).click();
    await other.page.getByText('You declined it. No money has moved.').waitFor();
    await proposer.goTo('/desk/corrections?state=DECLINED');
    await look(proposer.page);
    await row(proposer.page, 'Too generous').getByRole('button').click();
    await proposer.page.getByText('There is no ticket for it').waitFor();
    expect(await row(proposer.page, 'Too generous').getByRole('form').count()).toBe(0);
    await close(proposer, other);
  });
});
