import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerAddress } from '#jobs/broker.ts';
import { type Client, createClient } from './client.ts';

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
  /** By currency. */
  readonly accounts: Readonly<Record<string, string>>;
}

export const subgraphNames = ['user', 'billing', 'order', 'notification'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** Where the system under attack listens, such as `http://127.0.0.1:4000`, as far as it is known. */
export type Origins = { readonly router: string } & Partial<Readonly<Record<SubgraphName, string>>>;

/** Customers of the system under attack, and how to speak to it. */
export interface World extends Client {
  readonly subgraphs: Readonly<Record<SubgraphName, Client>> | null;
  /** The queue server, with the credentials that the router's process has; null where they are not known. */
  readonly queueServer: BrokerAddress | null;
  readonly ada: Customer;
  readonly eve: Customer;
  /** Has what Ada has, and leaves it as it is. */
  readonly olga: Customer;
  /** What Ada has. */
  readonly transaction: string;
  readonly order: string;
  readonly notification: string;
}

export const password = 'correct horse battery staple';

/** @throws where the system does not even answer what is asked properly. */
export async function createWorld(
  { router, user, billing, order, notification }: Origins,
  queueServer: BrokerAddress | null = null,
): Promise<World> {
  const subgraphs =
    user === undefined || billing === undefined || order === undefined || notification === undefined
      ? null
      : {
          user: createClient(user),
          billing: createClient(billing),
          order: createClient(order),
          notification: createClient(notification),
        };
  const client = createClient(router);
  const ada = await register(client, 'Ada');
  const eve = await register(client, 'Eve');
  const olga = await register(client, 'Olga');
  await acquire(client, olga);
  return {
    ...client,
    subgraphs,
    queueServer,
    ada,
    eve,
    olga,
    ...(await acquire(client, ada)),
  };
}

type Belongings = Pick<World, 'transaction' | 'order' | 'notification'>;

/** Deposits, orders and is told of it. */
async function acquire(client: Client, { token, accounts }: Customer): Promise<Belongings> {
  const deposited = await client.ask(
    `mutation { deposit(input: { accountId: "${accounts['USD']}", amount: { amount: "50.00", currency: USD }, idempotencyKey: "${randomUUID()}" }) { transaction { id } } }`,
    { token },
  );
  const placed = await client.ask(
    `mutation { placeOrder(input: { productId: "tea", unitPrice: { amount: "1.00", currency: USD }, quantity: 1, idempotencyKey: "${randomUUID()}" }) { order { id } } }`,
    { token },
  );
  const { deposit } = deposited.data as { deposit: { transaction: { id: string } } };
  const { placeOrder } = placed.data as { placeOrder: { order: { id: string } } };
  const notification = await firstNotification(client, token);
  return { transaction: deposit.transaction.id, order: placeOrder.order.id, notification };
}

/** @throws where an order is not settled and told of within half a minute. */
async function firstNotification(client: Client, token: string): Promise<string> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const told = await client.ask('{ viewer { notifications { nodes { id } } } }', { token });
    const { viewer } = told.data as { viewer: { notifications: { nodes: { id: string }[] } } };
    const [notification] = viewer.notifications.nodes;
    if (notification !== undefined) return notification.id;
    await delay(100);
  }
  throw new Error('nobody is told of an order');
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

/** Shorter than an access token lasts. */
const renewAfterMs = 240_000;

/** Whoever goes on for longer than an access token lasts. */
export function signedIn(client: Client, customer: Customer): () => Promise<string> {
  let { token, refreshToken } = customer;
  let renewAt = Date.now() + renewAfterMs;
  return async () => {
    if (Date.now() < renewAt) return token;
    renewAt = Date.now() + renewAfterMs;
    const renewed = await client.ask(
      'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken refreshToken } }',
      { variables: { input: { refreshToken } } },
    );
    const pair = renewed.data?.['refreshToken'] as { accessToken: string; refreshToken: string };
    ({ accessToken: token, refreshToken } = pair);
    return token;
  };
}

interface Registered {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
}
