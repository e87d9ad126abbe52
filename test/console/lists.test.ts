import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Customer } from '#test/customer.ts';
import { until } from '#test/until.ts';
import { beforeEachTest, ordered } from './ada.ts';
import { requests, choose, type Person, problemOf } from './person.ts';

/** The pages with lists (history, statements, messages), and pages of unknown objects. */

let ada: Customer;
let person: Person;
let page: Page;

beforeEachTest((given) => {
  ({ ada, person, page } = given);
});

const searchIs = async (search: string) => await page.waitForURL((address) => address.search === search);

describe('the history', () => {
  test('keeps every filter and the sort order in the URL, after a reload and after going back', async () => {
    await ada.deposit('30.00');
    await ada.deposit('20.00', 'EUR');
    await ada.withdraw('10.00');
    await ordered(ada, 'tea', '7.00', 'PAID');
    const euro = (await ada.account('EUR')).id;
    const today = new Date().toLocaleDateString('en-CA');

    await person.goTo('/history');
    await page.getByText('5 transactions').waitFor();
    await choose(page, 'Sort', 'Largest first');
    await searchIs('?sort=largest');
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('button', { name: 'Deposit', exact: true }).click();
    await page.getByText('2 transactions').waitFor();
    await page.getByRole('button', { name: 'Euro', exact: true }).click();
    await choose(page, 'Account', 'Euro');
    await page.getByLabel('From', { exact: true }).fill(today);
    await page.getByLabel('Until', { exact: true }).fill(today);
    await choose(page, 'With', 'Other people');
    await page.getByLabel('At least').fill('19.99');
    await page.getByLabel('At most').fill('20.01');
    const search = `?sort=largest&kind=DEPOSIT&currency=EUR&account=${euro}&from=${today}&until=${today}&with=others&min=19.99&max=20.01`;
    await searchIs(search);
    await page.getByText('1 transaction', { exact: true }).waitFor();

    await page.reload();
    await page.getByText('1 transaction', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Filter (8)' }).waitFor();
    expect(await page.getByLabel('At least').inputValue()).toBe('19.99');
    expect(await page.getByRole('button', { name: 'Deposit', exact: true }).getAttribute('aria-pressed')).toBe('true');

    await page.getByRole('link', { name: 'Orders' }).click();
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await page.goBack();
    await searchIs(search);
    await page.getByText('1 transaction', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await searchIs('?sort=largest');
    await page.getByText('5 transactions').waitFor();
    expect(await page.getByRole('listitem').first().textContent()).toContain('Welcome gift');
  });

  test('has a URL for each page', async () => {
    for (let amount = 1; amount <= 21; amount += 1) await ada.deposit(`${amount}.00`);
    await person.goTo('/history');
    await page.getByText('22 transactions').waitFor();
    const rows = page.getByRole('main').getByRole('listitem');
    expect(await rows.count()).toBe(20);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('Welcome gift').waitFor();
    expect(await rows.count()).toBe(2);

    await page.reload();
    await page.getByText('Welcome gift').waitFor();
    expect(new URL(page.url()).searchParams.get('after')).not.toBeNull();
    await page.getByRole('button', { name: 'Previous' }).click();
    await page.getByText('+$21.00').waitFor();
    expect(await rows.count()).toBe(20);
  });

  test('ignores unknown values in the URL, and shows which ranges are empty', async () => {
    await person.goTo('/history?sort=constructor&kind=toString&currency=__proto__&from=never&min=ten');
    await page.getByText('1 transaction', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Newest first Sort' }).waitFor();
    await person.goTo('/history?from=2026-02-01&until=2026-01-31&min=2&max=1');
    expect(await problemOf(page, page.getByRole('textbox', { name: 'Until' }))).toMatch(/later one/);
    expect(await problemOf(page, page.getByLabel('At most'))).toBe('Enter no less than “At least”.');
  });

  test('says when nothing matches, and can show everything again', async () => {
    await person.goTo('/history?min=999999');
    await page.getByText('No transactions match').waitFor();
    await page.getByRole('button', { name: 'Show all transactions' }).click();
    await page.getByText('1 transaction', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });
});

describe('an account', () => {
  test('shows the balance after each transaction of a period, and keeps the period in the URL', async () => {
    await ada.deposit('50.00');
    await ada.withdraw('20.00');
    const { id } = await ada.account('USD');
    await person.goTo(`/accounts/${id}`);
    const cells = page.getByRole('table').getByRole('row').getByRole('cell');
    await cells.first().waitFor();
    const figures = (await cells.allTextContents()).filter((_text, place) => place % 3 > 0);
    expect(figures).toEqual(['−$20.00', '$130.00', '+$50.00', '$150.00', '+$100.00', '$100.00']);

    await page.getByRole('textbox', { name: 'Until' }).fill('2020-01-31');
    await searchIs('?until=2020-01-31');
    await page.getByText('There are none in this period.').waitFor();
    await page.getByText('Closing balance').locator('xpath=following-sibling::dd[1]').getByText('$0.00').waitFor();
    await page.reload();
    await page.getByText('There are none in this period.').waitFor();
  });

  test('is downloaded as a file whose name contains its number and the chosen days', async () => {
    const { id, number } = await ada.account('USD');
    await person.goTo(`/accounts/${id}?from=2020-01-01&until=2020-01-31`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`statement-${number}-from-2020-01-01-until-2020-01-31.csv`);
  });

  test('has a chart of its balance that the keyboard can read', async () => {
    await ada.deposit('50.00');
    const { id } = await ada.account('USD');
    await person.goTo(`/accounts/${id}`);
    const chart = page.getByRole('slider', { name: 'between $100.00 and $150.00; it is $150.00' });
    await chart.focus();
    for (const [key, balance] of [
      ['ArrowLeft', '$100.00'],
      ['ArrowRight', '$150.00'],
      ['Home', '$100.00'],
      ['End', '$150.00'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await chart.getAttribute('aria-valuetext')).toContain(balance);
    }
  });

  test('is printed with all its transactions, not only those on the screen', async () => {
    for (let amount = 1; amount <= 30; amount += 1) await ada.deposit(`${amount}.00`);
    const { id, number } = await ada.account('USD');
    // A headless browser has no printer: the test looks at the page that would be printed.
    await page.addInitScript(() => {
      window.print = () => document.body.classList.add('printed');
    });
    await person.goTo(`/accounts/${id}`);
    await page.getByRole('button', { name: 'Print' }).click();
    await page.locator('body.printed').waitFor();
    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('.print-sheet');
    await sheet.getByRole('heading', { name: 'US dollar statement' }).waitFor();
    expect(await sheet.getByRole('row').count()).toBe(1 + 31);
    expect((await sheet.textContent())?.replace(/\s/g, '')).toContain(`${number},Ada`);
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);

    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await sheet.waitFor({ state: 'detached' });
  });

  test('has a number, which a click copies', async () => {
    await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await person.goTo('/');
    await page.getByRole('button', { name: 'Copy the EUR account number' }).click();
    await page.getByText('The EUR account number is copied.').waitFor();
    expect(await page.evaluate(async () => await navigator.clipboard.readText())).toBe(
      (await ada.account('EUR')).number,
    );
  });
});

test('a message is marked as read when it is opened, and the list of unread messages has a URL', async () => {
  await ordered(ada, 'tea', '7.00', 'PAID');
  await ordered(ada, 'cake', '9.00', 'PAID');
  const notified = async () =>
    await ada.request<{ viewer: { notifications: { nodes: object[] } } }>(
      '{ viewer { notifications { nodes { id } } } }',
    );
  await until('both messages', async () => (await notified()).viewer.notifications.nodes.length === 2);
  await person.goTo('/messages');
  await page.getByText('2 unread').waitFor();
  await page.getByRole('button', { name: 'Your order is paid: 1 × tea' }).click();
  await page.getByText('1 unread', { exact: true }).waitFor();
  await page.getByText('Unread', { exact: true }).click();
  await searchIs('?show=unread');
  await page.getByRole('button', { name: 'Your order is paid: 1 × tea' }).waitFor({ state: 'detached' });
  await page.reload();
  await page.getByRole('button', { name: 'Your order is paid: 1 × cake' }).waitFor();
  expect(await page.getByRole('button', { name: 'Your order is paid' }).count()).toBe(1);
});

describe('a page that cannot be shown', () => {
  test('says that its URL, order or account does not exist', async () => {
    await person.goTo('/nowhere');
    await page.getByText('There is no page at this address').waitFor();
    await page.getByRole('link', { name: 'Go to the overview' }).click();
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    await person.goTo(`/orders/${randomUUID()}`);
    await page.getByText('There is no such order').waitFor();
    await person.goTo(`/accounts/${randomUUID()}`);
    await page.getByText('There is no such account').waitFor();
    expect(await page.title()).toBe('Account · Wallet');
  });

  test('shows the data of the available subgraphs, and the rest after a retry', async () => {
    let isDown = true;
    await page.route('**/graphql', async (route) => {
      if (!isDown || !requests(route, 'query Overview')) return await route.continue();
      const response = await route.fetch();
      const { data } = (await response.json()) as { data: { viewer: object } };
      return await route.fulfill({
        json: {
          data: { viewer: { ...data.viewer, recent: null } },
          errors: [{ message: 'down', path: ['viewer', 'recent'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
        },
      });
    });
    await person.goTo('/');
    const activity = page.getByRole('region', { name: 'Recent activity' });
    await activity.getByText("This part of the service isn't available right now.").waitFor();
    await page.getByRole('link', { name: 'US dollar' }).getByText('$100.00').waitFor();
    isDown = false;
    await activity.getByRole('button', { name: 'Try again' }).click();
    await activity.getByText('Welcome gift').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
