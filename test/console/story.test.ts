import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { parseCsv } from '#test/csv.ts';
import { sharedSystem } from '#test/shared-system.ts';
import { sharedChromium } from './chromium.ts';
import { accountNumber, balance, choose, news, type Person, personAt, signUp } from './person.ts';

let browser: Browser;
let origin: string;

beforeAll(async () => {
  [
    browser,
    {
      origins: { router: origin },
    },
  ] = await Promise.all([sharedChromium(), sharedSystem()]);
});

afterAll(async () => await browser.close());

describe('a new customer', () => {
  let ada: Person;
  let grace: Person;

  beforeAll(async () => {
    [ada, grace] = [await personAt(browser, origin), await personAt(browser, origin)];
    await signUp(ada, 'Ada');
    await signUp(grace, 'Grace');
  });

  afterAll(async () => {
    expect([...ada.complaints, ...grace.complaints]).toEqual([]);
  });

  test('has three accounts and the welcome gift after signing up', async () => {
    await ada.page.getByText('Welcome gift').waitFor();
    expect(await balance(ada.page, 'US dollar')).toBe('$100.00');
    expect(await balance(ada.page, 'Euro')).toBe('€0.00');
    expect(await balance(ada.page, 'Chinese yuan')).toBe('CN¥0.00');
  });

  test('adds money, pays a friend in another currency, finds the payment by filter, and watches an order being paid', async () => {
    const { page } = ada;
    const number = await accountNumber(grace.page, 'Euro');

    await page.getByRole('link', { name: 'Add money' }).click();
    await page.getByLabel('Amount').fill('1,150.50');
    await page.getByRole('button', { name: 'Add money' }).click();
    await page.getByRole('heading', { name: '$1,150.50 added' }).waitFor();
    await page.getByText('Your US dollar balance is now $1,250.50.').waitFor();
    await page.getByRole('link', { name: 'Done' }).click();

    await page.getByRole('link', { name: 'Send money' }).click();
    await page.getByLabel("Receiver's account number").fill(number);
    await page.getByLabel('Amount').fill('100');
    await page.getByLabel('Note').fill('Dinner in Paris');
    await page.getByText('1 USD = 0.9 EUR').waitFor();
    await page.getByText('$101.00').waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('heading', { name: 'Check the transfer' }).waitFor();
    await page.getByText('€90.00').waitFor();
    await page.getByRole('button', { name: 'Confirm and send' }).click();
    await page.getByRole('heading', { name: '€90.00 sent' }).waitFor();

    await page.getByRole('link', { name: 'See history' }).click();
    await page.getByText('3 transactions').waitFor();
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('button', { name: 'Transfer', exact: true }).click();
    await page.getByLabel('At least').fill('99.99');
    await page.waitForURL((url) => url.search === '?kind=TRANSFER&min=99.99');
    await page.getByText('1 transaction', { exact: true }).waitFor();
    await page.getByText('Dinner in Paris').waitFor();
    await page.reload();
    await page.getByText('1 transaction', { exact: true }).waitFor();

    await page.getByRole('link', { name: 'Orders' }).click();
    await page.getByRole('link', { name: 'New order' }).click();
    await page.getByLabel('Product').fill('coffee beans');
    await page.getByLabel('Price each').fill('12.50');
    await page.getByLabel('Quantity').fill('2');
    await page.getByText('$25.00').waitFor();
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByRole('list', { name: 'Progress' }).getByText('Paid', { exact: true }).waitFor();
    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByText('Your order is paid: 2 × coffee beans').waitFor();

    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('link', { name: 'US dollar' }).getByText('$1,124.50').waitFor();
    expect(await page.title()).toBe('Overview · Wallet');
  });

  test('sees the money that a friend has sent, and the message about it', async () => {
    await grace.page.reload();
    await grace.page.getByRole('link', { name: 'Euro' }).getByText('€90.00').waitFor();
    await grace.page.getByRole('link', { name: 'Messages' }).click();
    await grace.page.getByRole('button', { name: 'Ada has sent you €90.00' }).click();
    await grace.page.getByText('Ada writes: > Dinner in Paris').waitFor();
    await grace.page.getByText('0 unread').waitFor();
    expect(await grace.page.getByRole('link', { name: 'Messages' }).textContent()).toBe('Messages');
  });

  test('pays the friend back, who downloads a statement with the payment', async () => {
    const number = await accountNumber(ada.page, 'US dollar');
    const { page } = grace;
    await page.getByRole('link', { name: 'Send', exact: true }).click();
    await choose(page, 'From', 'Euro');
    await page.getByLabel("Receiver's account number").fill(number);
    await page.getByLabel('Amount').fill('9');
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('button', { name: 'Confirm and send' }).click();
    await page.getByRole('heading', { name: '$10.00 sent' }).waitFor();

    await ada.page.getByRole('link', { name: 'US dollar' }).click();
    await ada.page.getByRole('cell', { name: '$1,134.50' }).waitFor();
    const [download] = await Promise.all([
      ada.page.waitForEvent('download'),
      ada.page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(
      new RegExp(`^statement-${number.replaceAll(/\s/g, '')}-until-[\\d-]{10}\\.csv$`),
    );
    const [, opening, ...rows] = parseCsv((await text(await download.createReadStream())).replace('\uFEFF', ''));
    expect(opening?.slice(2, 6)).toEqual(['OPENING_BALANCE', '', '0.00', 'USD']);
    expect(rows).toHaveLength(5 + 1);
    expect(rows.at(-2)?.slice(2, 6)).toEqual(['TRANSFER', '10.00', '1134.50', 'USD']);
    expect(rows.at(-1)?.slice(2, 6)).toEqual(['CLOSING_BALANCE', '', '1134.50', 'USD']);
  });

  test('pays the friend while the friend pays, and sees the received money without a reload', async () => {
    const [adas, graces] = [await yuanNumber(ada), await yuanNumber(grace)];
    await prepare(ada, graces, '10');
    await prepare(grace, adas, '1');
    await Promise.all(
      [ada, grace].map(async ({ page }) => await page.getByRole('button', { name: 'Confirm and send' }).click()),
    );
    await ada.page.getByRole('heading', { name: 'CN¥69.40 sent' }).waitFor();
    await grace.page.getByRole('heading', { name: 'CN¥6.94 sent' }).waitFor();
    await news(ada.page).getByText('Grace has sent you CN¥6.94').waitFor();
    await news(grace.page).getByText('Ada has sent you CN¥69.40').waitFor();
    const seen = [];
    for (const [{ page }, arrived] of [[ada, 'CN¥6.94'] as const, [grace, 'CN¥69.40'] as const]) {
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.getByRole('link', { name: 'Chinese yuan' }).getByText(arrived).waitFor();
      seen.push(await balance(page, 'US dollar'));
    }
    // 1,134.50 minus 10.10, and 100.00 minus 1.01.
    expect(seen).toEqual(['$1,124.40', '$98.99']);
  });

  async function yuanNumber({ page }: Person): Promise<string> {
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('Welcome gift').waitFor();
    return await accountNumber(page, 'Chinese yuan');
  }

  /** Everything before the last click. */
  async function prepare({ page }: Person, number: string, amount: string): Promise<void> {
    await page.getByRole('link', { name: 'Send', exact: true }).click();
    await page.getByLabel("Receiver's account number").fill(number);
    await page.getByLabel('Amount').fill(amount);
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('heading', { name: 'Check the transfer' }).waitFor();
  }
});
