import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page, Route } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { asks, balance, password, type Person, personOf, problemOf } from './person.ts';

let browser: Browser;
let url: string;
let origin: string;
let ada: Person;

beforeAll(async () => {
  [
    browser,
    {
      url,
      origins: { router: origin },
    },
  ] = await Promise.all([sharedChromium(), sharedSystem()]);
}, 60_000);

afterAll(async () => await browser.close());

beforeEach(async () => {
  ada = await personOf(browser, origin, await registerCustomer(url));
  await ada.goTo('/');
  await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
});

afterEach(async () => {
  expect(ada.complaints).toEqual([]);
  await ada.context.close();
});

async function fillDeposit({ page }: Person, amount: string): Promise<void> {
  await page.getByRole('link', { name: 'Add money' }).click();
  await page.getByLabel('Amount').fill(amount);
}

async function readBalance({ page }: Person): Promise<string> {
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('Deposit', { exact: true }).waitFor();
  return await balance(page, 'US dollar');
}

describe('money', () => {
  test('moves once where a button is clicked twice', async () => {
    await fillDeposit(ada, '5');
    await ada.page.getByRole('button', { name: 'Add money' }).dblclick();
    await ada.page.getByRole('heading', { name: '$5.00 added' }).waitFor();
    expect(await readBalance(ada)).toBe('$105.00');
  });

  test('moves once where the answer is lost and the console asks again by itself', async () => {
    let asked = 0;
    await ada.page.route('**/graphql', async (route) => {
      if (!asks(route, 'mutation Deposit')) return await route.continue();
      asked += 1;
      if (asked > 1) return await route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await fillDeposit(ada, '5');
    await ada.page.getByRole('button', { name: 'Add money' }).click();
    await ada.page.getByRole('heading', { name: '$5.00 added' }).waitFor();
    expect(asked).toBe(2);
    expect(await readBalance(ada)).toBe('$105.00');
  });

  test('is refused beside the field that the refusal belongs to, and what was typed stays', async () => {
    await ada.page.getByRole('link', { name: 'Withdraw' }).click();
    await ada.page.getByLabel('Amount').fill('100.01');
    await ada.page.getByRole('button', { name: 'Withdraw' }).click();
    const amount = ada.page.getByLabel('Amount');
    await until('a refusal', async () => (await problemOf(ada.page, amount)) !== '');
    expect(await problemOf(ada.page, amount)).toBe('Your balance of $100.00 does not cover $100.01.');
    expect(await amount.inputValue()).toBe('100.01');
  });
});

describe('a session', () => {
  test('leaves no token where scripts or another site could get it', async () => {
    const kept = await ada.page.evaluate(async () => {
      const stores = [localStorage, sessionStorage].map((store) => Object.entries(store));
      return { cookie: document.cookie, stores, databases: await indexedDB.databases() };
    });
    expect(kept).toEqual({ cookie: '', stores: [[], []], databases: [] });
    const cookies = await ada.context.cookies(`${origin}/session`);
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ name: 'refresh_token', httpOnly: true, sameSite: 'Strict', path: '/session' });
  });

  test('goes on after a reload, at the address that was looked at', async () => {
    await ada.goTo('/history?kind=DEPOSIT');
    for (let times = 0; times < 3; times += 1) await ada.page.reload();
    await ada.page.getByText('0 transactions').waitFor();
    expect(new URL(ada.page.url()).search).toBe('?kind=DEPOSIT');
  });

  test('goes on where a page is left while its refresh is on the way', async () => {
    await ada.page.route('**/session/refresh', async (route) => {
      // The server has rotated the token, and the page never hears of it.
      await route.fetch();
      await route.abort();
    });
    // Nor does it find out by itself that the server can be reached again.
    await ada.page.route('**/graphql', async (route) => await route.abort());
    await ada.page.reload();
    await ada.page.getByRole('heading', { name: "The server can't be reached" }).waitFor();
    await ada.page.unroute('**/session/refresh');
    await ada.page.getByRole('button', { name: 'Try again' }).click();
    await ada.page.unroute('**/graphql');
    await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    expect(await balance(ada.page, 'US dollar')).toBe('$100.00');
  });

  test('is shared by tabs that are opened at once, and ends in all of them', async () => {
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

  test('that a person ends leaves nothing for the next one, who starts at the overview', async () => {
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

    // The page before is Ada's history.
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(page, grace);
    await page.getByRole('heading', { name: 'Hello, Grace' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
  });

  test('that ends by itself leads its person back, and another person to the overview', async () => {
    const { page } = ada;
    const grace = await registerCustomer(url, 'Grace');
    for (const [person, heading] of [
      [{ email: ada.email, password }, 'History'],
      [grace, 'Hello, Grace'],
    ] as const) {
      await page.getByRole('link', { name: 'History', exact: true }).click();
      await page.getByText('1 transaction').waitFor();
      await ada.context.clearCookies();
      // The page learns of it when it needs the next token.
      await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
      await page.getByText('Your session has ended.').waitFor();
      expect(new URL(page.url()).search).toBe('?to=%2Fhistory');
      await signIn(page, person);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    }
    expect(new URL(page.url()).pathname).toBe('/');
  });

  test('of another person, begun in another tab, shows every tab the overview of that person', async () => {
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

  test('that cannot begin says why, in the words of the server', async () => {
    await ada.context.clearCookies();
    await ada.goTo('/sign-in');
    const message = 'Too many attempts. Try again in 30 seconds.';
    await ada.page.route('**/session', async (route) => {
      await route.fulfill({ status: 429, json: { errors: [{ message, extensions: { code: 'RATE_LIMITED' } }] } });
    });
    await signIn(ada.page, { email: ada.email, password });
    expect(await ada.page.getByRole('alert').textContent()).toBe(message);
  });

  test('gets another token where the server refuses the one it has, without a word', async () => {
    let refused = 0;
    await ada.page.route('**/graphql', async (route) => {
      const headers = route.request().headers();
      if (refused > 0 || headers['authorization'] === undefined) return await route.continue();
      refused += 1;
      await route.continue({ headers: { ...headers, authorization: 'Bearer expired' } });
    });
    await ada.page.getByRole('link', { name: 'History', exact: true }).click();
    await ada.page.getByText('1 transaction').waitFor();
    expect(refused).toBe(1);
  });

  test('that was ended elsewhere leads back to where one was, after signing in', async () => {
    await ada.context.clearCookies();
    await ada.goTo('/history?kind=TRANSFER');
    await ada.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await ada.page.getByLabel('Email').fill(ada.email);
    await ada.page.getByLabel('Password', { exact: true }).fill(password);
    await ada.page.getByRole('button', { name: 'Sign in' }).click();
    await ada.page.getByText('0 transactions').waitFor();
    expect(new URL(ada.page.url()).search).toBe('?kind=TRANSFER');
  });

  test('goes on with a changed password, which only the new one opens again', async () => {
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

describe('a lost connection', () => {
  const notice = () => ada.page.getByText('The connection is lost.');

  test('is shown, and what is on the page heals when it is back', async () => {
    await ada.context.setOffline(true);
    await ada.page.getByRole('link', { name: 'History', exact: true }).click();
    await notice().waitFor();
    await ada.context.setOffline(false);
    await ada.page.getByText('1 transaction').waitFor();
    await notice().waitFor({ state: 'detached' });
    expect(ada.complaints).toEqual([]);
  });

  test('is shown though nothing is asked', async () => {
    // The other pages, which are fetched ahead, are there.
    await ada.page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/assets/settings-')),
    );
    await ada.context.setOffline(true);
    await notice().waitFor();
    await ada.context.setOffline(false);
    await notice().waitFor({ state: 'detached' });
    expect(await balance(ada.page, 'US dollar')).toBe('$100.00');
  });

  test('is not taken for back by an answer from before', async () => {
    const { promise: held, resolve: hold } = Promise.withResolvers<Route>();
    await ada.page.route('**/graphql', async (route) => {
      if (asks(route, 'query UnreadMessages')) hold(route);
      else await route.continue();
    });
    await ada.page.reload();
    const late = await held;
    await ada.context.setOffline(true);
    await ada.page.getByRole('link', { name: 'History', exact: true }).click();
    await notice().waitFor();
    const askedInVain = ada.page.waitForEvent('requestfailed');
    await late.fulfill({ json: { data: null } });
    await askedInVain;
    await ada.context.setOffline(false);
    await ada.page.getByText('1 transaction').waitFor();
    expect(new URL(ada.page.url()).pathname).toBe('/history');
  });
});

test('a person whose accounts are empty can go, and nothing is left of the session', async () => {
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
