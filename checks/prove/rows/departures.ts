import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Customer, registerCustomer } from '../../../test/customer.ts';
import { audit } from '../audit.ts';
import { type Load, newLoad, transfer } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';
import { retry } from '../wait.ts';

/** One customer is deleted for this many orders. */
const ordersPerLeaver = 20;
const concurrentLeavers = 4;
const maxRounds = 4;
/** The acts of a round begin within this time of each other. */
const scatterMs = 25;
const leavesWithinMs = 60_000;

export const departures: Row = {
  name: 'departures',
  promise: 'Deletion loses no money',
  how: (stage) =>
    `${leaverCount(stage)} customers close their empty accounts or delete themselves while they request a refund, ` +
    'place an order and receive a transfer, repeated until they are deleted',
  run: async (stage) => {
    const load = await newLoad(stage, 2, '5000.00');
    const refunds = new Map<string, Customer>();
    const leavers: Customer[] = [];
    const turns = Array.from({ length: leaverCount(stage) }, (_, turn) => turn).values();
    await Promise.all(
      Array.from({ length: concurrentLeavers }, async () => {
        for (const _ of turns) {
          const leaver = await retry(() => registerCustomer(stage.url, 'Leaver'));
          leavers.push(leaver);
          for (let round = 0; round < maxRounds && !(await isClosed(leaver)); round += 1) {
            await closeDuringActivity(stage, load, leaver, refunds);
          }
          await deleteCustomer(leaver);
        }
      }),
    );
    const { findings, settledInS } = await audit(stage);
    return verdict(
      { findings: findings.length, ...(await countFaults(stage, leavers, refunds)) },
      [`${leavers.length} customers deleted`, `${refunds.size} refunds`, `settled after ${settledInS.toFixed(0)} s`],
      refunds.size > 0,
    );
  },
};

const leaverCount = ({ orders }: Pick<Stage, 'orders'>) => Math.max(3, Math.ceil(orders / ordersPerLeaver));

async function isClosed(leaver: Customer): Promise<boolean> {
  return await retry(async () => {
    try {
      const { viewer } = await leaver.request<{ viewer: { account: { status: string } } }>(
        '{ viewer { account(currency: USD) { status } } }',
      );
      return viewer.account.status === 'CLOSED';
    } catch (error) {
      if (String(error).includes('UNAUTHENTICATED')) return true;
      throw error;
    }
  });
}

/** Pays an order and withdraws the rest, then sends all conflicting requests concurrently. */
async function closeDuringActivity(
  stage: Stage,
  load: Load,
  leaver: Customer,
  refunds: Map<string, Customer>,
): Promise<void> {
  const { random } = stage;
  const paid = await paidOrder(leaver);
  await emptyAccount(leaver);
  const acts = [
    async () => await requestRefund(leaver, paid, refunds),
    async () => void (await leaver.placeOrder({ unitPrice: '0.01' })),
    ...(random.between(0, 1) === 1
      ? [async () => await transfer(load, random.pick(load.customers), leaver, '5.00')]
      : []),
    async () => await (random.between(0, 1) === 1 ? closeAccounts(leaver) : deleteUser(leaver)),
  ];
  await Promise.all(
    acts.map(async (act) => {
      await delay(random.between(0, scatterMs));
      // Some of these requests are refused while the customer is being deleted.
      await act().catch(() => undefined);
    }),
  );
}

async function paidOrder(leaver: Customer): Promise<string | null> {
  const { order } = await retry(async () => {
    await leaver.deposit('20.00');
    return await leaver.placeOrder({ unitPrice: '20.00' });
  });
  for (let status = order?.status; status === 'PENDING'; await delay(10)) {
    status = (await retry(() => leaver.order(order!.id)))?.status;
  }
  return order?.id ?? null;
}

async function emptyAccount(leaver: Customer): Promise<void> {
  const balance = await leaver.balance();
  if (balance !== '0.00') await leaver.withdraw(balance);
}

async function requestRefund(leaver: Customer, orderId: string | null, refunds: Map<string, Customer>): Promise<void> {
  const { refundOrder } = await leaver.request<{ refundOrder: { order: object | null } }>(
    'mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { order { id } userErrors { code } } }',
    { input: { orderId, idempotencyKey: randomUUID() } },
  );
  if (refundOrder.order !== null) refunds.set(orderId!, leaver);
}

async function closeAccounts(leaver: Customer): Promise<void> {
  const query = 'mutation ($input: ConfirmedInput) { closeAccounts(input: $input) { userErrors { code } } }';
  await leaver.request(query, { input: { confirmation: await leaver.confirm() } });
}

/** @returns whether the customer was deleted. */
async function deleteUser(leaver: Customer): Promise<boolean> {
  const { deleteUser } = await leaver.request<{ deleteUser: { deletedUserId: string | null } }>(
    'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserId userErrors { code } } }',
    { input: { password: leaver.password } },
  );
  return deleteUser.deletedUserId !== null;
}

/** Withdraws all money and deletes the customer, repeated until the deletion is accepted. */
async function deleteCustomer(leaver: Customer): Promise<void> {
  for (const deadline = performance.now() + leavesWithinMs; ;) {
    try {
      await emptyAccount(leaver);
      if (await deleteUser(leaver)) return;
    } catch (error) {
      if (String(error).includes('UNAUTHENTICATED')) return;
    }
    if (performance.now() > deadline) throw new Error(`customer ${leaver.id} could not be deleted`);
  }
}

/** Counts money owed to deleted customers, and accounts and orders of theirs that are not closed. */
async function countFaults(
  stage: Stage,
  leavers: readonly Customer[],
  refunds: ReadonlyMap<string, Customer>,
): Promise<Record<string, number>> {
  const ids = leavers.map(({ id }) => id);
  const [accounts, unpaid, owed, waiting] = await Promise.all([
    stage.query<{ open: number; minor: string }>(
      'billing',
      `select count(*) filter (where status = 'OPEN')::int as open, coalesce(sum(balance_minor), 0)::text as minor
       from accounts where customer_id = any($1)`,
      [ids],
    ),
    stage.query<{ minor: string }>(
      'billing',
      `select coalesce(sum(paid.amount_minor), 0)::text as minor from transactions as paid
       where paid.kind = 'ORDER_PAYMENT' and paid.order_id = any($1) and not exists (
         select from transactions as back
         where back.kind = 'REFUND' and back.order_id = paid.order_id and back.to_account_id = paid.from_account_id
           and back.amount_minor = paid.amount_minor)`,
      [[...refunds.keys()]],
    ),
    stage.query<{ minor: string }>(
      'billing',
      `select coalesce(sum(amount_minor), 0)::text as minor from entries where system_account = 'PAYABLE'`,
    ),
    stage.query<{ count: number }>(
      'order',
      `select count(*)::int as count from orders where customer_id = any($1) and status in ('PENDING', 'REFUNDING')`,
      [ids],
    ),
  ]);
  return {
    'minor units of refunds not paid back': Number(unpaid[0]!.minor),
    'minor units left on closed accounts': Number(accounts[0]!.minor),
    'minor units owed': Number(owed[0]!.minor),
    'accounts left open': accounts[0]!.open,
    'orders not settled': waiting[0]!.count,
  };
}
