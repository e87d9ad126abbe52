import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Case } from '../case.ts';
import type { Answer } from '../client.ts';
import { shopName, type Shops } from '../shops.ts';
import type { World } from '../world.ts';

/** What shops may not do: debit without a consent, with that of another shop, or beyond its limits. */

function shopsOf({ intruders }: World): Shops {
  if (intruders === null) throw new Error('the keys of the system are not known');
  return intruders.shops;
}

const placing = `mutation ($input: PlaceShopOrderInput!) {
  placeShopOrder(input: $input) { order { id status } userErrors { code field } }
}`;

async function place(world: World, token: string, consentId: string, amount = '1.00'): Promise<Answer> {
  const unitPrice = { amount, currency: 'USD' };
  const input = { consentId, productId: 'book', unitPrice, quantity: 1, idempotencyKey: randomUUID() };
  return await world.request(placing, { variables: { input }, token });
}

interface DecidedOrder {
  readonly status: string;
  readonly rejectionReason: string | null;
}

/** @returns the outcomes of the shop's orders, when all are decided. */
async function outcomes(world: World): Promise<string[]> {
  const { token } = shopsOf(world);
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const listed = await world.request('{ shopOrders(first: 100) { nodes { status rejectionReason } } }', { token });
    const { nodes } = listed.data!['shopOrders'] as { nodes: readonly DecidedOrder[] };
    if (nodes.every(({ status }) => status !== 'PENDING')) {
      return nodes.map(({ status, rejectionReason }) => rejectionReason ?? status);
    }
    await delay(100);
  }
  throw new Error('the orders of the shop were not decided within 30 s');
}

async function balanceOf(world: World): Promise<string> {
  const viewed = await world.request('{ viewer { account(currency: USD) { balance { amount } } } }', {
    token: shopsOf(world).customer.token,
  });
  const { viewer } = viewed.data as { viewer: { account: { balance: { amount: string } } } };
  return viewer.account.balance.amount;
}

export const shopCases: readonly Case[] = [
  {
    title: 'an order of a shop without a consent',
    request: async (world) => await place(world, shopsOf(world).token, randomUUID()),
    expected: { code: null, userError: 'NOT_FOUND' },
  },
  {
    title: 'an order of a shop with the consent for another shop',
    request: async (world) => await place(world, shopsOf(world).otherToken, shopsOf(world).consentId),
    expected: { code: null, userError: 'NOT_FOUND' },
  },
  {
    title: 'an order of a shop by its owner’s customer token',
    request: async (world) => await place(world, world.eve.token, shopsOf(world).consentId),
    expected: { code: 'FORBIDDEN' },
  },
  {
    title: '30 orders of a shop at once, with room for two paid ones and ten others',
    request: async (world) => {
      const { token, consentId } = shopsOf(world);
      const orders = Array.from({ length: 30 }, async () => await place(world, token, consentId, '4.00'));
      const answers = await Promise.all(orders);
      return answers.find(({ codes }) => codes.length > 0) ?? answers.find(({ userErrors }) => userErrors.length > 0)!;
    },
    expected: {
      code: null,
      userError: 'TOO_MANY_UNPAID_ORDERS',
      also: async (_answer, world) => {
        const found = await outcomes(world);
        const count = (outcome: string) => found.filter((one) => one === outcome).length;
        const rejected = count('MONTH_LIMIT_EXCEEDED');
        const balance = await balanceOf(world);
        if (count('PAID') === 2 && rejected <= 10 && balance === '92.00') return null;
        return `2 paid, at most 10 rejected, and 92.00 USD left were expected, not ${found.join()} and ${balance}`;
      },
    },
  },
  {
    title: 'the customer of a shop’s order, read by the shop',
    request: async (world) =>
      await world.request('{ viewer { orders { nodes { id customer { id } } } } }', { token: shopsOf(world).token }),
    expected: { code: ['INSUFFICIENT_SCOPE', 'FORBIDDEN'] },
  },
  {
    title: 'a consent without a confirmation',
    request: async (world) => {
      const usd = (amount: string) => ({ amount, currency: 'USD' });
      const limits = { orderLimit: usd('5.00'), monthLimit: usd('10.00') };
      const input = { shopId: randomUUID(), shopName, ...limits, idempotencyKey: randomUUID() };
      const query =
        'mutation ($input: GiveShopConsentInput!) { giveShopConsent(input: $input) { userErrors { code field } } }';
      return await world.request(query, { variables: { input }, token: world.eve.token });
    },
    expected: { code: null, userError: 'CONFIRMATION_REQUIRED' },
  },
  {
    title: 'a consent that the shop withdraws',
    request: async (world) => {
      const { token, consentId } = shopsOf(world);
      const query =
        'mutation ($input: WithdrawShopConsentInput!) { withdrawShopConsent(input: $input) { userErrors { code } } }';
      return await world.request(query, { variables: { input: { consentId } }, token });
    },
    expected: { code: 'FORBIDDEN' },
  },
];
