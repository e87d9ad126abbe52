import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { sharedSystem } from '#test/system.ts';
import { launchChromium } from './chromium.ts';
import { accountNumber, balance, type Person, personAt, signUp } from './person.ts';

let browser: Browser;
let origin: string;

beforeAll(async () => {
  [
    browser,
    {
      origins: { router: origin },
    },
  ] = await Promise.all([launchChromium(), sharedSystem()]);
}, 60_000);

afterAll(async () => await browser.close());

describe('a person who has never seen the console', () => {
  let ada: Person;
  let grace: Person;

  beforeAll(async () => {
    [ada, grace] = [await personAt(browser, origin), await personAt(browser, origin)];
    await signUp(ada, 'Ada');
    await signUp(grace, 'Grace');
  }, 60_000);

  afterAll(async () => {
    expect([...ada.complaints, ...grace.complaints]).toEqual([]);
  });

  test('finds three accounts after signing up, with the welcome gift', async () => {
    expect(await balance(ada.page, 'US dollar')).toBe('$100.00');
    expect(await balance(ada.page, 'Euro')).toBe('€0.00');
    expect(await balance(ada.page, 'Chinese yuan')).toBe('CN¥0.00');
    await ada.page.getByText('Welcome gift').waitFor();
  });

  test('adds money, pays a friend in another currency, finds it in the history by filter, and watches an order being paid', async () => {
    const { page } = ada;
    const number = await accountNumber(grace.page, 'Euro');

    await page.getByRole('link', { name: 'Add money' }).click();
    await page.getByLabel('Amount').fill('1,150.50');
    await page.getByRole('button', { name: 'Add money' }).click();
    await page.getByRole('heading', { name: '$1,150.50 added' }).waitFor();
    await page.getByText('Your balance is $1,250.50 now.').waitFor();
    await page.getByRole('link', { name: 'Done' }).click();

    await page.getByRole('link', { name: 'Send money' }).click();
    await page.getByLabel('Their account number').fill(number);
    await page.getByLabel('Amount').fill('100');
    await page.getByLabel('What for').fill('Dinner in Paris');
    await page.getByText('1 USD = 0.9 EUR').waitFor();
    await page.getByText('$101.00').waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('heading', { name: 'Is this right?' }).waitFor();
    await page.getByText('€90.00').waitFor();
    await page.getByRole('button', { name: 'Confirm and send' }).click();
    await page.getByRole('heading', { name: '€90.00 sent' }).waitFor();

    await page.getByRole('link', { name: 'See history' }).click();
    await page.getByText('3 movements').waitFor();
    await page.getByRole('button', { name: 'Filter and sort' }).click();
    await page.getByRole('button', { name: 'Transfer', exact: true }).click();
    await page.getByLabel('At least').fill('99.99');
    await page.getByText('1 movement', { exact: true }).waitFor();
    await page.getByText('Dinner in Paris').waitFor();
    expect(new URL(page.url()).search).toBe('?kind=TRANSFER&min=99.99');
    await page.reload();
    await page.getByText('1 movement', { exact: true }).waitFor();

    await page.getByRole('link', { name: 'Orders' }).click();
    await page.getByRole('link', { name: 'New order' }).click();
    await page.getByLabel('What').fill('coffee beans');
    await page.getByLabel('Price of one').fill('12.50');
    await page.getByLabel('How many').fill('2');
    await page.getByText('$25.00').waitFor();
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByRole('list', { name: 'What has happened' }).getByText('Paid', { exact: true }).waitFor();
    await page.getByText('Your order is paid: 2 × coffee beans').first().waitFor();

    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('link', { name: 'US dollar' }).getByText('$1,124.50').waitFor();
  });

  test('finds what a friend sent, and the message about it', async () => {
    await grace.page.reload();
    await grace.page.getByRole('link', { name: 'Euro' }).getByText('€90.00').waitFor();
    await grace.page.getByRole('link', { name: 'Messages' }).click();
    await grace.page.getByRole('button', { name: 'Ada has sent you 90.00 EUR' }).click();
    await grace.page.getByText('0 unread').waitFor();
    expect(await grace.page.getByText('Ada writes: Dinner in Paris').isVisible()).toBe(true);
  });

  test('pays the friend back, who can download a statement that says so', async () => {
    const number = await accountNumber(ada.page, 'US dollar');
    await grace.page.getByRole('link', { name: 'Send', exact: true }).click();
    await grace.page.getByRole('button', { name: 'From' }).click();
    await grace.page.getByRole('option', { name: 'Euro' }).click();
    await grace.page.getByLabel('Their account number').fill(number);
    await grace.page.getByLabel('Amount').fill('9');
    await grace.page.getByRole('button', { name: 'Review' }).click();
    await grace.page.getByRole('button', { name: 'Confirm and send' }).click();
    await grace.page.getByRole('heading', { name: '$10.00 sent' }).waitFor();

    await ada.page.getByRole('link', { name: 'US dollar' }).click();
    await ada.page.getByRole('cell', { name: '$1,134.50' }).waitFor();
    const [download] = await Promise.all([
      ada.page.waitForEvent('download'),
      ada.page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('statement-USD.csv');
    const lines = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
    expect(lines).toHaveLength(1 + 5);
    expect(lines.at(-1)).toMatch(/,TRANSFER,10\.00,1134\.50,USD,/);
  });
});

test('an order that is pending when its page opens is paid before your eyes, without asking again', async () => {
  const linus = await personAt(browser, origin);
  const { page } = linus;
  await signUp(linus, 'Linus');
  let answered = 0;
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query OrderDetail') !== true) return await route.continue();
    answered += 1;
    // The first answer is from before it was paid, and no other comes.
    if (answered > 1) return undefined;
    const response = await route.fetch();
    const body = (await response.text()).replace('"status":"PAID"', '"status":"PENDING"');
    return await route.fulfill({ response, body });
  });
  await linus.goTo('/orders/new');
  await page.getByLabel('What').fill('tea');
  await page.getByLabel('Price of one').fill('3');
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('list', { name: 'What has happened' }).getByText('Paid', { exact: true }).waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('1 × tea');
  expect(linus.complaints).toEqual([]);
  await linus.context.close();
});
