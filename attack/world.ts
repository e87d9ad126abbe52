import { randomUUID } from 'node:crypto';
import { type Client, createClient } from './client.ts';

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
  /** By currency. */
  readonly accounts: Readonly<Record<string, string>>;
}

/** Two customers of the system under attack, and how to speak to it. */
export interface World extends Client {
  readonly ada: Customer;
  readonly eve: Customer;
  /** A transaction of Ada's. */
  readonly transaction: string;
  readonly order: string;
}

export const password = 'correct horse battery staple';

/** @throws where the system does not even answer what is asked properly. */
export async function createWorld(origin: string): Promise<World> {
  const client = createClient(origin);
  const ada = await register(client, 'Ada');
  const eve = await register(client, 'Eve');
  const { token } = ada;
  const deposited = await client.ask(
    `mutation { deposit(input: { accountId: "${ada.accounts['USD']}", amount: { amount: "50.00", currency: USD }, idempotencyKey: "${randomUUID()}" }) { transaction { id } } }`,
    { token },
  );
  const placed = await client.ask(
    `mutation { placeOrder(input: { productId: "tea", unitPrice: { amount: "1.00", currency: USD }, quantity: 1, idempotencyKey: "${randomUUID()}" }) { order { id } } }`,
    { token },
  );
  const { deposit } = deposited.data as { deposit: { transaction: { id: string } } };
  const { placeOrder } = placed.data as { placeOrder: { order: { id: string } } };
  return { ...client, ada, eve, transaction: deposit.transaction.id, order: placeOrder.order.id };
}

/** @throws where nobody can register, or has no accounts. */
export async function register(client: Client, name: string): Promise<Customer> {
  const email = `${name.toLowerCase()}.${randomUUID()}@example.com`;
  const registered = await client.ask(
    'mutation ($input: RegisterInput!) { register(input: $input) { accessToken refreshToken user { id } } }',
    { variables: { input: { email, name, password } } },
  );
  if (registered.codes.length > 0 || registered.data == null)
    throw new Error(`nobody can register: ${registered.text}`);
  const { accessToken: token, refreshToken, user } = registered.data['register'] as Registered;
  const viewed = await client.ask('{ viewer { accounts { id currency } } }', { token });
  const { viewer } = viewed.data as { viewer: { accounts: { id: string; currency: string }[] } };
  const accounts = Object.fromEntries(viewer.accounts.map(({ id, currency }) => [currency, id]));
  return { id: user.id, email, token, refreshToken, accounts };
}

interface Registered {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
}
