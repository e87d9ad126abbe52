import { randomUUID } from 'node:crypto';
import { storeShop } from '../../test/staff.ts';
import type { Client } from './client.ts';
import { type Customer, password, register } from './customers.ts';

/** A shop that a customer has authorised, and one that the customer has not. */
export interface Shops {
  readonly customer: Customer;
  /** An access token of the shop, and the customer's consent: 5.00 USD for an order, and 10.00 USD in a month. */
  readonly token: string;
  readonly consentId: string;
  /** An access token of the other shop. */
  readonly otherToken: string;
}

export const shopName = 'Shop under attack';

/** @param userDatabaseUrl the user database with its owner's role, to store the shops and to sign their tokens. */
export async function createShops(client: Client, userDatabaseUrl: string): Promise<Shops> {
  const [customer, owner] = [await register(client, 'Carla'), await register(client, 'Shay')];
  const openShop = async () => await storeShop(userDatabaseUrl, owner, shopName);
  const [shop, other] = [await openShop(), await openShop()];
  const consentId = await giveConsent(client, customer, shop.id);
  return { customer, token: shop.token, consentId, otherToken: other.token };
}

/** @returns the id of the consent. */
async function giveConsent({ request }: Client, { token }: Customer, shopId: string): Promise<string> {
  const confirmed = await request(
    'mutation ($input: ConfirmIdentityInput!) { confirmIdentity(input: $input) { confirmation } }',
    { variables: { input: { password } }, token },
  );
  const { confirmation } = confirmed.data!['confirmIdentity'] as { confirmation: string };
  const usd = (amount: string) => ({ amount, currency: 'USD' });
  const limits = { orderLimit: usd('5.00'), monthLimit: usd('10.00') };
  const input = { shopId, shopName, ...limits, confirmation, idempotencyKey: randomUUID() };
  const given = await request(
    'mutation ($input: GiveShopConsentInput!) { giveShopConsent(input: $input) { consent { id } userErrors { code } } }',
    { variables: { input }, token },
  );
  const { consent } = given.data!['giveShopConsent'] as { consent: { id: string } | null };
  if (consent === null) throw new Error(`the consent was refused: ${given.text}`);
  return consent.id;
}
