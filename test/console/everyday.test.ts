import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { sharedSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { asks, choose, focused, password, type Person, personAt, personOf, problemOf } from './person.ts';

/** What people do every day, page by page. */

let browser: Browser;
let url: string;
let origin: string;
let ada: Customer;
let person: Person;
let page: Page;

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
  ada = await registerCustomer(url);
  person = await personOf(browser, origin, ada);
  ({ page } = person);
});

afterEach(async () => {
  expect(person.complaints).toEqual([]);
  await person.context.close();
});

/** An order of Ada's that is decided. */
async function ordered(productId: string, unitPrice: string, status: 'PAID' | 'REJECTED'): Promise<string> {
  const { order } = await ada.placeOrder({ productId, unitPrice });
  await until(`the order of ${productId}`, async () => (await ada.order(order!.id))?.status === status);
  return order!.id;
}

const searchIs = async (search: string) => await page.waitForURL((address) => address.search === search);

describe('the history', () => {
  test('keeps every filter and the order in the address, through a reload and the way back', async () => {
    await ada.deposit('30.00');
    await ada.deposit('20.00', 'EUR');
    await ada.withdraw('10.00');
    await ordered('tea', '7.00', 'PAID');
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

  test('is paged, and a page has an address of its own', async () => {
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

  test('ignores values in the address that it does not know', async () => {
    await person.goTo('/history?sort=constructor&kind=toString&currency=__proto__&from=never&min=ten');
    await page.getByText('1 transaction', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Newest first Sort' }).waitFor();
    await person.goTo('/history?from=2026-02-01&until=2026-01-31&min=2&max=1');
    expect(await problemOf(page, page.getByRole('textbox', { name: 'Until' }))).toMatch(/later one/);
    expect(await problemOf(page, page.getByLabel('At most'))).toBe('Enter no less than “At least”.');
  });

  test('says where nothing matches, and leads back to everything', async () => {
    await person.goTo('/history?min=999999');
    await page.getByText('No transactions match').waitFor();
    await page.getByRole('button', { name: 'Show all transactions' }).click();
    await page.getByText('1 transaction', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('');
  });
});

describe('an account', () => {
  test('shows its statement with the balance after each transaction, of a time that the address keeps', async () => {
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

  test('is downloaded under a name with its number and the days that were chosen', async () => {
    const { id, number } = await ada.account('USD');
    await person.goTo(`/accounts/${id}?from=2020-01-01&until=2020-01-31`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`statement-${number}-from-2020-01-01-until-2020-01-31.csv`);
  });

  test('draws its balance over time, which the keyboard reads out too', async () => {
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

  test('is printed whole, whatever page of it is on the screen', async () => {
    for (let amount = 1; amount <= 30; amount += 1) await ada.deposit(`${amount}.00`);
    const { id, number } = await ada.account('USD');
    // A browser without a screen has no printer either: what would be printed is looked at instead.
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

  test('has a number that is copied by a click', async () => {
    await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await person.goTo('/');
    await page.getByRole('button', { name: 'Copy the EUR account number' }).click();
    await page.getByText('The EUR account number is copied.').waitFor();
    expect(await page.evaluate(async () => await navigator.clipboard.readText())).toBe(
      (await ada.account('EUR')).number,
    );
  });
});

describe('orders', () => {
  test('are filtered and sorted by the address', async () => {
    await ordered('tea', '7.00', 'PAID');
    await ordered('cake', '9.00', 'PAID');
    await ordered('car', '9000.00', 'REJECTED');
    await person.goTo('/orders');
    await page.getByRole('link', { name: '1 × car', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Paid', exact: true }).click();
    await searchIs('?status=PAID');
    await page.getByRole('link', { name: '1 × car', exact: true }).waitFor({ state: 'detached' });
    await choose(page, 'Sort', 'Smallest first');
    await searchIs('?status=PAID&sort=smallest');
    await page.reload();
    await page.getByRole('link', { name: '1 × tea', exact: true }).waitFor();
    expect(await page.getByRole('main').getByRole('link', { name: '1 ×' }).allTextContents()).toEqual([
      '1 × tea',
      '1 × cake',
    ]);
  });

  test('that are rejected say why and when, and are paid once the missing money is added', async () => {
    await ada.deposit('10.00', 'EUR');
    const { order } = await ada.placeOrder({ productId: 'car', unitPrice: '1030.25', quantity: 2, currency: 'EUR' });
    await until('the rejection', async () => (await ada.order(order!.id))?.status === 'REJECTED');
    await person.goTo(`/orders/${order!.id}`);
    const rejected = page.getByRole('list', { name: 'Progress' }).getByRole('listitem').filter({ hasText: 'Rejected' });
    await rejected.getByText('There was not enough money in the account. No money was taken.').waitFor();
    await rejected.getByText('Today').waitFor();

    await page.getByRole('main').getByRole('link', { name: 'Add money' }).click();
    await page.getByText('€2,050.50 is missing for 2 × car.').waitFor();
    expect(await page.getByLabel('Amount').inputValue()).toBe('2050.50');
    await page.getByRole('button', { name: 'Euro €10.00 To' }).waitFor();
    await page.getByRole('button', { name: 'Add money' }).click();
    await page.getByText('Your euro balance is now €2,060.50.').waitFor();
    await page.getByRole('link', { name: 'Order again' }).click();
    expect(await page.getByLabel('Product').inputValue()).toBe('car');
    expect(await page.getByLabel('Price each').inputValue()).toBe('1030.25');
    expect(await page.getByLabel('Quantity').inputValue()).toBe('2');
    await page.getByRole('button', { name: 'Euro €2,060.50 Pay from' }).waitFor();
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByRole('list', { name: 'Progress' }).getByText('Paid', { exact: true }).waitFor();
    expect([await ada.balance('USD'), await ada.balance('EUR')]).toEqual(['100.00', '0.00']);
  });

  test('have an id to copy, and messages that open on their page', async () => {
    await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const order = await ordered('tea', '7.00', 'PAID');
    await person.goTo(`/orders/${order}`);
    await page.getByRole('main').getByText(order).waitFor();
    await page.getByRole('button', { name: 'Copy the order ID' }).click();
    await page.getByText('The order ID is copied.').waitFor({ state: 'attached' });
    expect(await page.evaluate(async () => await navigator.clipboard.readText())).toBe(order);

    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByRole('button', { name: 'Your order is paid: 1 × tea' }).click();
    await messages.getByText('It is paid: $7.00 for 1 × tea').waitFor();
    await page.getByRole('img', { name: '1 unread' }).waitFor({ state: 'detached' });
    const payments = page.getByRole('region', { name: 'Payments' });
    await payments.getByRole('button', { name: 'Order payment: 1 × tea' }).click();
    await payments.getByRole('button', { name: 'Copy the transaction ID' }).waitFor();
  });

  test('that are paid are refunded once, however often it is clicked, and the money is back', async () => {
    const order = await ordered('tea', '7.00', 'PAID');
    await person.goTo(`/orders/${order}`);
    await page.getByRole('button', { name: 'Refund' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Refund this order?' });
    await dialog.getByText('$7.00 returns to your US dollar account.').waitFor();
    await dialog.getByRole('button', { name: 'Refund' }).dblclick();
    await dialog.waitFor({ state: 'detached' });
    const steps = page.getByRole('list', { name: 'Progress' }).getByRole('listitem');
    await steps.getByText('Refunded', { exact: true }).waitFor();
    await steps.filter({ hasText: 'Refunded' }).getByRole('time').waitFor();
    expect(await page.getByRole('list', { name: 'Progress' }).getByRole('time').count()).toBe(3);
    await page.getByRole('region', { name: 'Payments' }).getByText('+$7.00').waitFor();
    expect(await page.getByRole('button', { name: 'Refund', exact: true }).count()).toBe(0);
    expect(await ada.balance()).toBe('100.00');
  });

  test('are placed once where the button is clicked twice', async () => {
    await person.goTo('/orders/new');
    await page.getByLabel('Product').fill('tea');
    await page.getByLabel('Price each').fill('3');
    await page.getByRole('button', { name: 'Place order' }).dblclick();
    await page.getByRole('heading', { level: 1, name: '1 × tea' }).waitFor();
    await page.getByRole('link', { name: 'Orders' }).click();
    await page.getByRole('link', { name: '1 × tea', exact: true }).waitFor();
    expect(await page.getByRole('main').getByRole('listitem').count()).toBe(1);
  });
});

test('a transfer is made once where it is confirmed twice', async () => {
  const bob = await registerCustomer(url, 'Bob');
  await person.goTo('/transfer');
  await page.getByLabel("Receiver's account number").fill((await bob.account('USD')).number);
  await page.getByLabel('Amount').fill('5');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Confirm and send' }).dblclick();
  await page.getByRole('heading', { name: '$5.00 sent' }).waitFor();
  expect([await ada.balance(), await bob.balance()]).toEqual(['94.95', '105.00']);
});

test('a transfer with a fee has the same amount in the history, on the overview and in the statement', async () => {
  const bob = await registerCustomer(url, 'Bob');
  await person.goTo('/transfer');
  await page.getByLabel("Receiver's account number").fill((await bob.account('EUR')).number);
  await page.getByLabel('Amount').fill('50');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Confirm and send' }).click();
  await page.getByText('$50.50 left your US dollar account, including a fee of $0.50.').waitFor();
  for (const path of ['/', '/history', `/accounts/${(await ada.account('USD')).id}`]) {
    await person.goTo(path);
    await page.getByText('−$50.50').waitFor();
    await page.getByText('€45.00 received · includes $0.50 fee').waitFor();
  }
  await person.goTo('/history');
  await page.getByRole('button', { name: '−$50.50' }).click();
  const details = page.getByRole('main').getByRole('definition');
  await page.getByText('Left your account').waitFor();
  expect((await details.allTextContents()).filter((text) => text.startsWith('$'))).toEqual([
    '$50.00',
    '$0.50',
    '$50.50',
  ]);
});

test('money goes between the accounts of one person without a fee', async () => {
  await person.goTo('/transfer');
  await page.getByText('My own account').click();
  await choose(page, 'My account', 'Chinese yuan');
  await page.getByLabel('Amount').fill('10');
  await page.getByText('1 USD = 6.94 CNY').waitFor();
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByText('Your Chinese yuan account').waitFor();
  await page.getByRole('button', { name: 'Confirm and send' }).click();
  await page.getByText('The money is in your Chinese yuan account.').waitFor();
  expect([await ada.balance('USD'), await ada.balance('CNY')]).toEqual(['90.00', '69.40']);
});

describe('a form', () => {
  test('says what is wrong beside its field and takes the focus there, and one click is enough once it is right', async () => {
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

  test('does not move while a person reaches for its button', async () => {
    const bob = await registerCustomer(url, 'Bob');
    await person.context.close();
    person = await personOf(browser, origin, ada, { viewport: { width: 390, height: 1200 } });
    ({ page } = person);
    await person.goTo('/transfer');
    const button = page.getByRole('button', { name: 'Review' });
    await page.getByLabel("Receiver's account number").fill((await bob.account('EUR')).number);
    const before = await button.boundingBox();
    await page.getByLabel('Amount').fill('10');
    await page.getByText('1 USD = 0.9 EUR').waitFor();
    expect(await button.boundingBox()).toEqual(before);
    await page.getByLabel('Amount').fill('1000');
    await until('the refusal', async () => (await problemOf(page, page.getByLabel('Amount'))) !== '');
    expect(await button.boundingBox()).toEqual(before);
  });

  test('tells what the server refuses at each field, and forgets it when that field changes', async () => {
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

  const problems = async () =>
    (
      await page
        .locator('.field')
        .filter({ has: page.locator('.field-error') })
        .all()
    ).map(async (field) => await field.locator('label, .react-aria-Label').first().textContent());
  /** The labels of the fields that show a problem. */
  const refusedFields = async () => await Promise.all(await problems());

  test.each([
    ['of which the page reads all', ['', '0', '0'], ['Product', 'Price each', 'Quantity']],
    ['of which the page cannot read the price', [' ', 'ten', '1000001'], ['Product', 'Price each', 'Quantity']],
    ['of which the page cannot read the quantity', ['tea', '1.505', '1.5'], ['Price each', 'Quantity']],
    ['with numbers that no type has', ['tea', '9'.repeat(60), '9'.repeat(30)], ['Price each', 'Quantity']],
  ])('tells every fault of an order at once, %s', async (_what, [product, price, quantity], fields) => {
    await person.goTo('/orders/new');
    await page.getByLabel('Product').fill(product!);
    await page.getByLabel('Price each').fill(price!);
    await page.getByLabel('Quantity').fill(quantity!);
    await page.getByRole('button', { name: 'Place order' }).click();
    await until('every refusal', async () => (await refusedFields()).length >= fields.length);
    expect(await refusedFields()).toEqual(fields);
    expect(await focused(page)).toContain(fields[0]);
  });

  test('tells every fault of a transfer at once, though its amount is missing', async () => {
    await person.goTo('/transfer');
    await page.getByLabel("Receiver's account number").fill('not a number');
    await page.getByRole('button', { name: 'Review' }).click();
    await until('both refusals', async () => (await refusedFields()).length === 2);
    expect(await refusedFields()).toEqual(["Receiver's account number", 'Amount']);
    expect(await problemOf(page, page.getByLabel("Receiver's account number"))).toBe('There is no such account.');
    expect(await problemOf(page, page.getByLabel('Amount'))).toBe('Enter an amount, such as 12.50.');
  });

  test('tells every fault of a profile and of a password at once', async () => {
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

  test('shows a password for as long as a person wants', async () => {
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
  test('is changed everywhere at once, and signs in with the new email address', async () => {
    await person.goTo('/settings');
    await page.getByLabel('Name').fill('Ada Lovelace');
    const email = `ada.${randomUUID()}@example.com`;
    await page.getByLabel('Email').fill(email);
    await page.getByRole('button', { name: 'Save profile' }).click();
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

  test('does not take the email address of somebody else', async () => {
    const bob = await registerCustomer(url, 'Bob');
    await person.goTo('/settings');
    await page.getByLabel('Email').fill(bob.email);
    await page.getByRole('button', { name: 'Save profile' }).click();
    await until('the refusal', async () => (await problemOf(page, page.getByLabel('Email'))) !== '');
    expect(await page.getByText('Your profile is saved.').count()).toBe(0);
  });

  test('has a theme, which stays chosen', async () => {
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

test('messages are read when they are opened, and the unread ones have an address', async () => {
  await ordered('tea', '7.00', 'PAID');
  await ordered('cake', '9.00', 'PAID');
  const told = async () =>
    await ada.ask<{ viewer: { notifications: { nodes: object[] } } }>('{ viewer { notifications { nodes { id } } } }');
  await until('both messages', async () => (await told()).viewer.notifications.nodes.length === 2);
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

describe('what is not there', () => {
  test('is said to be missing, and what is there leads on', async () => {
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

  test('because a part of the service is down takes only its own place, and comes when it is asked again', async () => {
    let isDown = true;
    await page.route('**/graphql', async (route) => {
      if (!isDown || !asks(route, 'query Overview')) return await route.continue();
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
