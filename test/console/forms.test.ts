import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { beforeEachTest } from './ada.ts';
import { confirm, focused, password, type Person, personAt, personOf, problemOf } from './person.ts';

/** Forms and settings. */

let browser: Browser;
let url: string;
let origin: string;
let ada: Customer;
let person: Person;
let page: Page;

beforeEachTest((given) => {
  ({ browser, url, origin, ada, person, page } = given);
});

describe('a form', () => {
  test('shows a problem at its field, which gets the focus, and is sent by one click after the correction', async () => {
    await person.goTo('/deposit');
    const amount = page.getByLabel('Amount');
    await amount.fill('ten');
    await page.getByRole('button', { name: 'Add money' }).click();
    expect(await problemOf(page, amount)).toBe('Enter an amount, such as 12.50.');
    expect(await amount.evaluate((field) => field === document.activeElement)).toBe(true);
    await amount.fill('10');
    expect(await problemOf(page, amount)).toBe('');
    await page.getByRole('button', { name: 'Add money' }).click();
    await page.getByRole('heading', { name: '$10.00 added' }).waitFor();
  });

  test('does not move while a person moves the pointer to its button', async () => {
    const bob = await registerCustomer(url, 'Bob');
    const phone = { viewport: { width: 390, height: 1200 } };
    const { page, context, goTo } = await personOf(browser, origin, ada, phone);
    await goTo('/transfer');
    const button = page.getByRole('button', { name: 'Review' });
    await page.getByLabel("Receiver's account number").fill((await bob.account('EUR')).number);
    const before = await button.boundingBox();
    await page.getByLabel('Amount').fill('10');
    await page.getByText('1 USD = 0.9 EUR').waitFor();
    expect(await button.boundingBox()).toEqual(before);
    await page.getByLabel('Amount').fill('1000');
    await until('the refusal', async () => (await problemOf(page, page.getByLabel('Amount'))) !== '');
    expect(await button.boundingBox()).toEqual(before);
    await context.close();
  });

  test('shows a refusal of the server at its field until the field changes', async () => {
    const visitor = await personAt(browser, origin);
    await visitor.goTo('/sign-up');
    const field = (name: string) => visitor.page.getByLabel(name, { exact: true });
    await field('Name').fill('Ada');
    await field('Email').fill(ada.email.toUpperCase());
    await field('Password').fill('short');
    await visitor.page.getByRole('button', { name: 'Create wallet' }).click();
    await until('the refusal', async () => (await problemOf(visitor.page, field('Password'))) !== '');
    await field('Password').fill(password);
    expect(await problemOf(visitor.page, field('Password'))).toBe('');
    await visitor.page.getByRole('button', { name: 'Create wallet' }).click();
    await until('the refusal', async () => (await problemOf(visitor.page, field('Email'))) !== '');
    expect(await problemOf(visitor.page, field('Email'))).toMatch(/registered/);
    await visitor.context.close();
  });

  /** The labels of the fields that show a problem. */
  async function refusedFields(): Promise<(string | null)[]> {
    const fields = page.locator('.field').filter({ has: page.locator('.field-error') });
    const labels = fields.locator('label, .react-aria-Label');
    return await Promise.all((await labels.all()).map(async (label) => await label.textContent()));
  }

  test.each([
    ['if the page can read all of it', ['', '0', '0'], ['Product', 'Price each', 'Quantity']],
    ['if the page cannot read the price', [' ', 'ten', '1000001'], ['Product', 'Price each', 'Quantity']],
    ['if the page cannot read the quantity', ['tea', '1.505', '1.5'], ['Price each', 'Quantity']],
    ['if its numbers are too large for any type', ['tea', '9'.repeat(60), '9'.repeat(30)], ['Price each', 'Quantity']],
  ])('shows every fault of an order at once, %s', async (_what, [product, price, quantity], fields) => {
    await person.goTo('/orders/new');
    await page.getByLabel('Product').fill(product!);
    await page.getByLabel('Price each').fill(price!);
    await page.getByLabel('Quantity').fill(quantity!);
    await page.getByRole('button', { name: 'Place order' }).click();
    await until('every refusal', async () => (await refusedFields()).length >= fields.length);
    expect(await refusedFields()).toEqual(fields);
    expect(await focused(page)).toContain(fields[0]);
  });

  test('shows every fault of a transfer at once, even if the amount is missing', async () => {
    await person.goTo('/transfer');
    await page.getByLabel("Receiver's account number").fill('not a number');
    await page.getByRole('button', { name: 'Review' }).click();
    await until('both refusals', async () => (await refusedFields()).length === 2);
    expect(await refusedFields()).toEqual(["Receiver's account number", 'Amount']);
    expect(await problemOf(page, page.getByLabel("Receiver's account number"))).toBe('This account does not exist.');
    expect(await problemOf(page, page.getByLabel('Amount'))).toBe('Enter an amount, such as 12.50.');
  });

  test('shows every fault of a profile, and of a password, at once', async () => {
    await person.goTo('/settings');
    await page.getByLabel('Name').fill(' ');
    await page.getByLabel('Email').fill('nobody');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await until('both refusals', async () => (await refusedFields()).length === 2);
    await page.getByLabel('Current password').fill('wrong');
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Change password' }).click();
    await until('all refusals', async () => (await refusedFields()).length === 4);
    expect(await refusedFields()).toEqual(['Name', 'Email', 'Current password', 'New password']);
  });

  test('shows a password while the person wants to see it', async () => {
    await person.goTo('/settings');
    const field = page.getByLabel('Current password');
    await field.fill('secret words');
    const show = page.getByRole('form', { name: 'Password' }).getByRole('button', { name: 'Show' }).first();
    await show.click();
    expect(await field.getAttribute('type')).toBe('text');
    await show.click();
    expect(await field.getAttribute('type')).toBe('password');
  });
});

describe('the profile', () => {
  test('changes everywhere at once, and the new email address signs in', async () => {
    await person.goTo('/settings');
    await page.getByLabel('Name').fill('Ada Lovelace');
    const email = `ada.${randomUUID()}@example.com`;
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Save profile' }).click();
    await confirm(page, ada.password);
    await page.getByText('Your profile is saved.').waitFor();
    await page.getByRole('banner').getByText('Ada Lovelace').waitFor();
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('heading', { name: 'Hello, Ada Lovelace' }).waitFor();

    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Hello, Ada Lovelace' }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    expect(await page.getByLabel('Email').inputValue()).toBe(email);
  });

  test('refuses the email address of another customer', async () => {
    const bob = await registerCustomer(url, 'Bob');
    await person.goTo('/settings');
    await page.getByLabel('Email').fill(bob.email);
    await page.getByRole('button', { name: 'Save profile' }).click();
    await confirm(page, ada.password);
    await until('the refusal', async () => (await problemOf(page, page.getByLabel('Email'))) !== '');
    expect(await page.getByText('Your profile is saved.').count()).toBe(0);
  });

  test('keeps the chosen theme', async () => {
    await person.goTo('/settings');
    await page.getByText('Dark', { exact: true }).click();
    await page.locator('html[data-theme=dark]').waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(await page.getByRole('radio', { name: 'Dark' }).isChecked()).toBe(true);
    await page.getByText('System', { exact: true }).click();
    await page.locator('html:not([data-theme])').waitFor();
  });
});
