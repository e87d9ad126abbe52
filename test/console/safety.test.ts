import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Route } from 'playwright-core';
import { until } from '#test/until.ts';
import { beforeEachTest } from './ada.ts';
import { requests, balance, type Person, problemOf } from './person.ts';

/** Money moves at most once, and a lost connection loses nothing. */

let ada: Person;

beforeEachTest(({ person }) => {
  ada = person;
});

beforeEach(async () => {
  await ada.goTo('/');
  await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
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
  test('moves once when a button is clicked twice', async () => {
    await fillDeposit(ada, '5');
    await ada.page.getByRole('button', { name: 'Add money' }).dblclick();
    await ada.page.getByRole('heading', { name: '$5.00 added' }).waitFor();
    expect(await readBalance(ada)).toBe('$105.00');
  });

  test('moves once when the answer is lost and the console retries', async () => {
    let attempts = 0;
    await ada.page.route('**/graphql', async (route) => {
      if (!requests(route, 'mutation Deposit')) return await route.continue();
      attempts += 1;
      if (attempts > 1) return await route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await fillDeposit(ada, '5');
    await ada.page.getByRole('button', { name: 'Add money' }).click();
    await ada.page.getByRole('heading', { name: '$5.00 added' }).waitFor();
    expect(attempts).toBe(2);
    expect(await readBalance(ada)).toBe('$105.00');
  });

  test('shows a refusal at the refused field, which keeps its text', async () => {
    await ada.page.getByRole('link', { name: 'Withdraw' }).click();
    await ada.page.getByLabel('Amount').fill('100.01');
    await ada.page.getByRole('button', { name: 'Withdraw' }).click();
    const amount = ada.page.getByLabel('Amount');
    await until('a refusal', async () => (await problemOf(ada.page, amount)) !== '');
    expect(await problemOf(ada.page, amount)).toBe('Your balance of $100.00 does not cover $100.01.');
    expect(await amount.inputValue()).toBe('100.01');
  });
});

describe('a lost connection', () => {
  const notice = () => ada.page.getByText('The connection is lost.');

  test('is shown, and the page recovers when it is back', async () => {
    await ada.context.setOffline(true);
    await ada.page.getByRole('link', { name: 'History', exact: true }).click();
    await notice().waitFor();
    await ada.context.setOffline(false);
    await ada.page.getByText('1 transaction').waitFor();
    await notice().waitFor({ state: 'detached' });
    expect(ada.complaints).toEqual([]);
  });

  test('is shown even if the page sends no request', async () => {
    // The page has prefetched the other pages.
    await ada.page.waitForFunction(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('/assets/settings-')),
    );
    await ada.context.setOffline(true);
    await notice().waitFor();
    await ada.context.setOffline(false);
    await notice().waitFor({ state: 'detached' });
    expect(await balance(ada.page, 'US dollar')).toBe('$100.00');
  });

  test('stays visible when an earlier request gets a late answer', async () => {
    const { promise: held, resolve: hold } = Promise.withResolvers<Route>();
    await ada.page.route('**/graphql', async (route) => {
      if (requests(route, 'query UnreadMessages')) hold(route);
      else await route.continue();
    });
    await ada.page.reload();
    const late = await held;
    await ada.context.setOffline(true);
    await ada.page.getByRole('link', { name: 'History', exact: true }).click();
    await notice().waitFor();
    const failed = ada.page.waitForEvent('requestfailed');
    await late.fulfill({ json: { data: null } });
    await failed;
    await ada.context.setOffline(false);
    await ada.page.getByText('1 transaction').waitFor();
    expect(new URL(ada.page.url()).pathname).toBe('/history');
  });
});
