import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrokerAddress } from '#jobs/queue-server.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { type Client, createClient } from './client.ts';
import { type Customer, register } from './customers.ts';
import { createIntruders, type Intruders } from './staff.ts';

/** The known origins of the system under attack, such as `http://127.0.0.1:4000`. */
export type Origins = { readonly router: string } & Partial<Readonly<Record<SubgraphName, string>>>;

/** The system under attack: its clients, and customers registered there. */
export interface World extends Client {
  readonly subgraphs: Readonly<Record<SubgraphName, Client>> | null;
  /** The queue server, with the credentials that the router's process has; null where they are not known. */
  readonly queueServer: BrokerAddress | null;
  /** Null where the keys of the system are not known. */
  readonly intruders: Intruders | null;
  readonly ada: Customer;
  readonly eve: Customer;
  /** Has the same data as Ada. No case changes them. */
  readonly olga: Customer;
  /** Ids of Ada's data. */
  readonly transaction: string;
  readonly order: string;
  readonly notification: string;
}

/** What is known of the system under attack in addition to its addresses. */
export interface Insights {
  readonly queueServer: BrokerAddress | null;
  /** The user database with its owner's role. */
  readonly userDatabaseUrl: string | null;
}

/** Registers the customers. @throws where the system does not answer valid requests. */
export async function createWorld(
  { router, ...origins }: Origins,
  { queueServer, userDatabaseUrl }: Insights = { queueServer: null, userDatabaseUrl: null },
): Promise<World> {
  const subgraphs = clientsOf(origins);
  const client = createClient(router);
  const ada = await register(client, 'Ada');
  const eve = await register(client, 'Eve');
  const olga = await register(client, 'Olga');
  await createData(client, olga);
  return {
    ...client,
    subgraphs,
    queueServer,
    intruders: userDatabaseUrl === null ? null : await createIntruders(client, userDatabaseUrl, eve),
    ada,
    eve,
    olga,
    ...(await createData(client, ada)),
  };
}

/** Null unless the origins of all subgraphs are known. */
function clientsOf(origins: Partial<Readonly<Record<SubgraphName, string>>>): World['subgraphs'] {
  const clients = subgraphNames.flatMap((name) => {
    const origin = origins[name];
    return origin === undefined ? [] : [[name, createClient(origin)] as const];
  });
  return clients.length < subgraphNames.length ? null : (Object.fromEntries(clients) as World['subgraphs']);
}

type OwnedIds = Pick<World, 'transaction' | 'order' | 'notification'>;

/** Deposits, places an order and waits for its notification. */
async function createData(client: Client, { token, accounts }: Customer): Promise<OwnedIds> {
  const deposited = await client.request(
    `mutation { deposit(input: { accountId: "${accounts['USD']}", amount: { amount: "50.00", currency: USD }, idempotencyKey: "${randomUUID()}" }) { transaction { id } } }`,
    { token },
  );
  const placed = await client.request(
    `mutation { placeOrder(input: { productId: "tea", unitPrice: { amount: "1.00", currency: USD }, quantity: 1, idempotencyKey: "${randomUUID()}" }) { order { id } } }`,
    { token },
  );
  const { deposit } = deposited.data as { deposit: { transaction: { id: string } } };
  const { placeOrder } = placed.data as { placeOrder: { order: { id: string } } };
  const notification = await firstNotification(client, token);
  return { transaction: deposit.transaction.id, order: placeOrder.order.id, notification };
}

/** @throws where the customer has no notification within 30 seconds. */
async function firstNotification(client: Client, token: string): Promise<string> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    const listed = await client.request('{ viewer { notifications { nodes { id } } } }', { token });
    const { viewer } = listed.data as { viewer: { notifications: { nodes: { id: string }[] } } };
    const [notification] = viewer.notifications.nodes;
    if (notification !== undefined) return notification.id;
    await delay(100);
  }
  throw new Error('the customer was not notified of the order within 30 s');
}
