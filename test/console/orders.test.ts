import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createApiClient } from '#test/api-client.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { graphqlData } from '#test/graphql.ts';
import { until } from '#test/until.ts';
import { beforeEachTest, ordered } from './ada.ts';
import { choose, confirm, type Person } from './person.ts';

/** Orders and transfers. */

let url: string;
let ada: Customer;
let person: Person;
let page: Page;

beforeEachTest((given) => {
  ({ url, ada, person, page } = given);
});

const searchIs = async (search: string) => await page.waitForURL((address) => address.search === search);

describe('an order', () => {
  test('is found by filter and sort order, and the URL keeps both', async () => {
    await ordered(ada, 'tea', '7.00', 'PAID');
    await ordered(ada, 'cake', '9.00', 'PAID');
    await ordered(ada, 'car', '9000.00', 'REJECTED');
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

  test('that is rejected says why and when, and is paid after the missing money is added', async () => {
    await ada.deposit('10.00', 'EUR');
    const { order } = await ada.placeOrder({ productId: 'car', unitPrice: '1030.25', quantity: 2, currency: 'EUR' });
    await until('the rejection', async () => (await ada.order(order!.id))?.status === 'REJECTED');
    await person.goTo(`/orders/${order!.id}`);
    const rejected = page.getByRole('list', { name: 'Progress' }).getByRole('listitem').filter({ hasText: 'Rejected' });
    await rejected.getByText('There was not enough money in the account. No money was taken.').waitFor();
    await rejected.getByText('Today').waitFor();

    const again = page.getByRole('link', { name: 'Order again' });
    expect(await again.getAttribute('href')).toBe(`/orders/new?again=${order!.id}`);
    await page.getByRole('main').getByRole('link', { name: 'Add money' }).click();
    await page.getByText('€2,050.50 is missing for 2 × car.').waitFor();
    expect(await page.getByLabel('Amount').inputValue()).toBe('2050.50');
    await page.getByRole('button', { name: 'Euro €10.00 To' }).waitFor();
    await page.getByRole('button', { name: 'Add money' }).click();
    await page.getByText('Your euro balance is now €2,060.50.').waitFor();
    await again.click();
    expect(await page.getByLabel('Product').inputValue()).toBe('car');
    expect(await page.getByLabel('Price each').inputValue()).toBe('1030.25');
    expect(await page.getByLabel('Quantity').inputValue()).toBe('2');
    await page.getByRole('button', { name: 'Euro €2,060.50 Pay from' }).waitFor();
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.getByRole('list', { name: 'Progress' }).getByText('Paid', { exact: true }).waitFor();
    expect([await ada.balance('USD'), await ada.balance('EUR')]).toEqual(['100.00', '0.00']);
  });

  test('of a shop is paid within the consent that the person gives, and not after its withdrawal', async () => {
    const owner = await registerCustomer(url, 'Shay');
    const shop = await createApiClient(new URL(url).origin, owner, ['shop:orders'], 'Book Shop');
    await person.goTo('/settings/shops');
    await page.getByLabel('Shop ID').fill(shop.id);
    await page.getByRole('button', { name: 'Find the shop' }).click();
    await page.getByRole('definition').getByText('Book Shop').waitFor();
    await page.getByLabel('At most for an order').fill('6.00');
    await page.getByLabel('At most in a month').fill('10.00');
    await page.getByRole('button', { name: 'Authorise this shop' }).click();
    await confirm(page, ada.password);
    await page.getByText('Enter this id in the shop, so that it can place orders for you.').waitFor();
    await page.getByText('$0.00 of $10.00 debited this month').waitFor();

    const consentId = await firstConsent();
    const paid = await outcomeOf(await shop.token(), consentId);
    expect(paid).toMatchObject({ status: 'PAID', rejectionReason: null });
    await page.reload();
    await page.getByText('$5.00 of $10.00 debited this month').waitFor();
    await page.getByRole('button', { name: 'Withdraw the consent for Book Shop' }).click();
    await page.getByText('Withdrawn:').waitFor();
    expect(await outcomeOf(await shop.token(), consentId)).toMatchObject({
      status: 'REJECTED',
      rejectionReason: 'CONSENT_WITHDRAWN',
    });
    await person.goTo(`/orders/${paid.id}`);
    await page.getByText(`Placed by the shop Book Shop (${shop.id}) with your consent`).waitFor();
  });

  test('has an ID to copy, and messages that open on its page', async () => {
    await person.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const order = await ordered(ada, 'tea', '7.00', 'PAID');
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

  test('is refunded once when the button is clicked twice, and shows the time of each step', async () => {
    const order = await ordered(ada, 'tea', '7.00', 'PAID');
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

  test('is placed once when the button is clicked twice', async () => {
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

test('a transfer is made once when it is confirmed twice', async () => {
  const bob = await registerCustomer(url, 'Bob');
  await person.goTo('/transfer');
  await page.getByLabel("Receiver's account number").fill((await bob.account('USD')).number);
  await page.getByLabel('Amount').fill('5');
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Confirm and send' }).dblclick();
  await page.getByRole('heading', { name: '$5.00 sent' }).waitFor();
  expect([await ada.balance(), await bob.balance()]).toEqual(['94.95', '105.00']);
});

test('a transfer with a fee has the same amount on the overview, in the history and in the statement', async () => {
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

test('a transfer between accounts of one person has no fee', async () => {
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

async function firstConsent(): Promise<string> {
  const { viewer } = await ada.request<{ viewer: { shopConsents: { nodes: { id: string }[] } } }>(
    '{ viewer { shopConsents { nodes { id } } } }',
  );
  return viewer.shopConsents.nodes[0]!.id;
}

interface ShopOrder {
  readonly id: string;
  readonly status: string;
  readonly rejectionReason: string | null;
}

/** Places an order of 5.00 USD as the shop, and waits until it is decided. */
async function outcomeOf(token: string, consentId: string): Promise<ShopOrder> {
  const unitPrice = { amount: '5.00', currency: 'USD' };
  const input = { consentId, productId: 'book', unitPrice, quantity: 1, idempotencyKey: randomUUID() };
  const { placeShopOrder } = await graphqlData<{ placeShopOrder: { order: { id: string } } }>(url, {
    query: 'mutation ($input: PlaceShopOrderInput!) { placeShopOrder(input: $input) { order { id } } }',
    variables: { input },
    token,
  });
  return await until('the decision', async () => {
    const { shopOrder } = await graphqlData<{ shopOrder: ShopOrder }>(url, {
      query: 'query ($id: ID!) { shopOrder(id: $id) { id status rejectionReason } }',
      variables: { id: placeShopOrder.order.id },
      token,
    });
    return shopOrder.status !== 'PENDING' && shopOrder;
  });
}
