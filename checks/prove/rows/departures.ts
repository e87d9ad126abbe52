import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type Customer, registerCustomer } from '../../../test/customer.ts';
import { audit } from '../audit.ts';
import { type Load, newLoad, transfer } from '../load.ts';
import { type Row, verdict } from '../row.ts';
import type { Stage } from '../stage.ts';
import { insist } from '../wait.ts';

/** A customer leaves for each so many orders, at least a few do. */
const ordersForOne = 20;
const leavingTogether = 4;
const maxRounds = 4;
/** The acts of a round begin within so long of each other. */
const scatterMs = 25;
const leavesWithinMs = 60_000;

export const departures: Row = {
  name: 'departures',
  promise: 'Deletion loses no money',
  how: (stage) =>
    `${leaverCount(stage)} customers close their empty accounts or delete themselves at the moment at which they ask ` +
    'for a refund, place an order and are sent a transfer, again and again until they are gone',
  run: async (stage) => {
    const load = await newLoad(stage, 2, '5000.00');
    const refunds = new Map<string, Customer>();
    const leavers: Customer[] = [];
    const turns = Array.from({ length: leaverCount(stage) }, (_, turn) => turn).values();
    await Promise.all(
      Array.from({ length: leavingTogether }, async () => {
        for (const _ of turns) {
          const leaver = await insist(() => registerCustomer(stage.url, 'Leaver'));
          leavers.push(leaver);
          for (let round = 0; round < maxRounds && !(await isClosed(leaver)); round += 1) {
            await closeAtTheWrongMoment(stage, load, leaver, refunds);
          }
          await leave(leaver);
        }
      }),
    );
    const { findings, settledInS } = await audit(stage);
    return verdict(
      { findings: findings.length, ...(await unaccounted(stage, leavers, refunds)) },
      [`${leavers.length} customers gone`, `${refunds.size} refunds`, `settled ${settledInS.toFixed(0)} s after`],
      refunds.size > 0,
    );
  },
};

const leaverCount = ({ orders }: Pick<Stage, 'orders'>) => Math.max(6, Math.ceil(orders / ordersForOne));

async function isClosed(leaver: Customer): Promise<boolean> {
  return await insist(async () => {
    try {
      const { viewer } = await leaver.ask<{ viewer: { account: { status: string } } }>(
        '{ viewer { account(currency: USD) { status } } }',
      );
      return viewer.account.status === 'CLOSED';
    } catch (error) {
      if (String(error).includes('UNAUTHENTICATED')) return true;
      throw error;
    }
  });
}

/** An order is paid and the rest withdrawn; then all that may not happen together is asked for together. */
async function closeAtTheWrongMoment(
  stage: Stage,
  load: Load,
  leaver: Customer,
  refunds: Map<string, Customer>,
): Promise<void> {
  const { random } = stage;
  const paid = await paidOrder(leaver);
  await emptyAccount(leaver);
  const acts = [
    async () => await askRefund(leaver, paid, refunds),
    async () => void (await leaver.placeOrder({ unitPrice: '0.01' })),
    ...(random.between(0, 1) === 1
      ? [async () => await transfer(load, random.pick(load.customers), leaver, '5.00')]
      : []),
    async () => await (random.between(0, 1) === 1 ? closeAccounts(leaver) : deleteUser(leaver)),
  ];
  await Promise.all(
    acts.map(async (act) => {
      await delay(random.between(0, scatterMs));
      // To somebody who is leaving much is refused.
      await act().catch(() => undefined);
    }),
  );
}

async function paidOrder(leaver: Customer): Promise<string | null> {
  const { order } = await insist(async () => {
    await leaver.deposit('20.00');
    return await leaver.placeOrder({ unitPrice: '20.00' });
  });
  for (let status = order?.status; status === 'PENDING'; await delay(10)) {
    status = (await insist(() => leaver.order(order!.id)))?.status;
  }
  return order?.id ?? null;
}

async function emptyAccount(leaver: Customer): Promise<void> {
  const balance = await leaver.balance();
  if (balance !== '0.00') await leaver.withdraw(balance);
}

async function askRefund(leaver: Customer, orderId: string | null, refunds: Map<string, Customer>): Promise<void> {
  const { refundOrder } = await leaver.ask<{ refundOrder: { order: object | null } }>(
    'mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { order { id } userErrors { code } } }',
    { input: { orderId, idempotencyKey: randomUUID() } },
  );
  if (refundOrder.order !== null) refunds.set(orderId!, leaver);
}

async function closeAccounts(leaver: Customer): Promise<void> {
  await leaver.ask('mutation { closeAccounts { userErrors { code } } }');
}

/** Whether the customer is gone. */
async function deleteUser(leaver: Customer): Promise<boolean> {
  const { deleteUser } = await leaver.ask<{ deleteUser: { deletedUserId: string | null } }>(
    'mutation ($input: DeleteUserInput!) { deleteUser(input: $input) { deletedUserId userErrors { code } } }',
    { input: { password: leaver.password } },
  );
  return deleteUser.deletedUserId !== null;
}

/** Takes all money off and leaves, until that is granted. */
async function leave(leaver: Customer): Promise<void> {
  for (const deadline = performance.now() + leavesWithinMs; ;) {
    try {
      await emptyAccount(leaver);
      if (await deleteUser(leaver)) return;
    } catch (error) {
      if (String(error).includes('UNAUTHENTICATED')) return;
    }
    if (performance.now() > deadline) throw new Error(`customer ${leaver.id} could not leave`);
  }
}

/** Money that was promised to those who are gone and is not in the ledger where it belongs. */
async function unaccounted(
  stage: Stage,
  leavers: readonly Customer[],
  refunds: ReadonlyMap<string, Customer>,
): Promise<Record<string, number>> {
  const ids = leavers.map(({ id }) => id);
  const [accounts, unpaid, owed, waiting] = await Promise.all([
    stage.ask<{ open: number; minor: string }>(
      'billing',
      `select count(*) filter (where status = 'OPEN')::int as open, coalesce(sum(balance_minor), 0)::text as minor
       from accounts where customer_id = any($1)`,
      [ids],
    ),
    stage.ask<{ minor: string }>(
      'billing',
      `select coalesce(sum(paid.amount_minor), 0)::text as minor from transactions as paid
       where paid.kind = 'ORDER_PAYMENT' and paid.order_id = any($1) and not exists (
         select from transactions as back
         where back.reference = 'refund:' || paid.order_id and back.to_account_id = paid.from_account_id
           and back.amount_minor = paid.amount_minor)`,
      [[...refunds.keys()]],
    ),
    stage.ask<{ minor: string }>(
      'billing',
      `select coalesce(sum(amount_minor), 0)::text as minor from entries where system_account = 'PAYABLE'`,
    ),
    stage.ask<{ count: number }>(
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
    'orders left waiting': waiting[0]!.count,
  };
}
