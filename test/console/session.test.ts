import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { beforeEachTest } from './ada.ts';
import { password, type Person, problemOf } from './person.ts';

/** Sessions: their start and end, and the data that remains in the browser. */

let url: string;
let origin: string;
let ada: Person;

beforeEachTest((given) => {
  ({ url, origin, person: ada } = given);
});

beforeEach(async () => {
  await ada.goTo('/');
  await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
});

describe('a session', () => {
  test('keeps its tokens out of reach of scripts and other sites', async () => {
    const kept = await ada.page.evaluate(async () => {
      const stores = [localStorage, sessionStorage].map((store) => Object.entries(store));
      return { cookie: document.cookie, stores, databases: await indexedDB.databases() };
    });
    expect(kept).toEqual({ cookie: '', stores: [[], []], databases: [] });
    const cookies = await ada.context.cookies(`${origin}/session`);
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ name: 'refresh_token', httpOnly: true, sameSite: 'Strict', path: '/session' });
  });

  test('continues after a reload, at the same address', async () => {
    await ada.goTo('/history?kind=DEPOSIT');
    for (let times = 0; times < 3; times += 1) await ada.page.reload();
    await ada.page.getByText('0 transactions').waitFor();
    expect(new URL(ada.page.url()).search).toBe('?kind=DEPOSIT');
  });

  test('is shared by tabs that are opened at the same time, and ends in all of them', async () => {
    const tabs = await Promise.all([ada.openTab('/'), ada.openTab('/orders'), ada.openTab('/history')]);
    await tabs[0].getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    await tabs[1].getByText('No orders yet').waitFor();
    await tabs[2].getByText('1 transaction').waitFor();

    await tabs[0].getByRole('link', { name: 'Settings' }).click();
    await tabs[0].getByRole('button', { name: 'Sign out' }).click();
    await Promise.all(tabs.map(async (tab) => await tab.waitForURL('**/sign-in**')));
    expect(await ada.context.cookies(`${origin}/session`)).toEqual([]);
    await ada.page.waitForURL('**/sign-in');
  });

  async function signIn(page: Page, { email, password }: Pick<Customer, 'email' | 'password'>): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  test('that a person ends leaves no data behind, and the next person starts at the overview', async () => {
    const { page } = ada;
    const grace = await registerCustomer(url, 'Grace');
    await page.getByRole('link', { name: 'History', exact: true }).click();
    await page.getByText('1 transaction').waitFor();
    await page.evaluate(() => Object.assign(globalThis, { memory: 'of Ada' }));
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out.').waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(await page.evaluate(() => 'memory' in globalThis)).toBe(false);
    expect(await page.evaluate(() => [Object.keys(localStorage), Object.entries(sessionStorage)])).toEqual([
      [],
      [['farewell', 'signed-out']],
    ]);

    // The previous page is Ada's history.
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(page, grace);
    await page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
  });

  test('that the server ends: the same person returns to the page, another person to the overview', async () => {
    const { page } = ada;
    const grace = await registerCustomer(url, 'Grace');
    for (const [person, heading] of [
      [{ email: ada.email, password }, 'History'],
      [grace, 'Hello, Grace'],
    ] as const) {
      await page.getByRole('link', { name: 'History', exact: true }).click();
      await page.getByText('1 transaction').waitFor();
      await ada.context.clearCookies();
      // The page fetches its next token when the browser shows it again.
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
      await page.getByText('Your session has ended.').waitFor();
      expect(new URL(page.url()).search).toBe('?to=%2Fhistory');
      await signIn(page, person);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
    expect(new URL(page.url()).pathname).toBe('/');
  });

  test('of another person that begins in one tab leads every tab to the overview of this person', async () => {
    const grace = await registerCustomer(url, 'Grace');
    await ada.page.getByRole('link', { name: 'Settings' }).click();
    await ada.page.getByLabel('Current password').fill('half of a password');
    const tab = await ada.openTab('/sign-in?to=/orders');
    await tab.getByRole('heading', { name: 'Orders' }).waitFor();
    await tab.evaluate(
      async (login) => {
        const headers = { 'x-console': '1', 'content-type': 'application/json' };
        await fetch('/session', { method: 'POST', headers, body: JSON.stringify({ login }) });
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
        new BroadcastChannel('session').postMessage('signed-in');
      },
      { email: grace.email, password: grace.password },
    );
    for (const page of [ada.page, tab]) {
      await page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/');
    }
  });

  test('that the server refuses shows the reason of the server', async () => {
    await ada.context.clearCookies();
    await ada.goTo('/sign-in');
    const message = 'Too many attempts. Try again in 30 seconds.';
    await ada.page.route('**/session', async (route) => {
      await route.fulfill({ status: 429, json: { errors: [{ message, extensions: { code: 'RATE_LIMITED' } }] } });
    });
    await signIn(ada.page, { email: ada.email, password });
    expect(await ada.page.getByRole('alert').textContent()).toBe(message);
  });

  test('that begins again leads to the requested page', async () => {
    await ada.context.clearCookies();
    await ada.goTo('/history?kind=TRANSFER');
    await ada.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await ada.page.getByLabel('Email').fill(ada.email);
    await ada.page.getByLabel('Password', { exact: true }).fill(password);
    await ada.page.getByRole('button', { name: 'Sign in' }).click();
    await ada.page.getByText('0 transactions').waitFor();
    expect(new URL(ada.page.url()).search).toBe('?kind=TRANSFER');
  });

  test('continues after a password change, and only the new password signs in', async () => {
    const { page } = ada;
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByLabel('Current password').fill(password);
    await page.getByLabel('New password').fill('another long password');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('Email').fill(ada.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The email address or the password is wrong.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('another long password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    expect(await ada.context.cookies(`${origin}/session`)).toHaveLength(1);
  });
});

test('a person deletes an empty account with the password and a word, and sees a confirmation', async () => {
  const { page } = ada;
  const dialog = page.getByRole('alertdialog', { name: 'Delete your account?' });
  const remove = async () => {
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Delete account' }).click();
    await dialog.getByText("This can't be undone.").waitFor();
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    const confirmation = dialog.getByLabel('Type “delete” to confirm');
    expect(await problemOf(page, dialog.getByLabel('Your password'))).toBe('Enter your password.');
    expect(await problemOf(page, confirmation)).toBe('Type “delete” to confirm.');
    await dialog.getByLabel('Your password').fill(password);
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
    expect(await problemOf(page, confirmation)).toBe('Type “delete” to confirm.');
    await confirmation.fill('delete');
    await dialog.getByRole('button', { name: 'Delete forever' }).click();
  };
  await remove();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('link', { name: 'Withdraw money' }).click();
  await page.getByLabel('Amount').fill('100');
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await page.getByRole('heading', { name: '$100.00 withdrawn' }).waitFor();
  await remove();
  await page.getByText('Your account is deleted.').waitFor();
  expect(await ada.context.cookies(`${origin}/session`)).toEqual([]);
});
