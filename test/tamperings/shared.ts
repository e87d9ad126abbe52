import type { VerifiedSubgraph } from '#subgraphs/manifest.ts';
import { staffActRows } from '../tampering.ts';

/** A change that the database would refuse, and the rows that it makes wrong, as SQL expressions. */
export interface Tampering {
  readonly owner: VerifiedSubgraph;
  /** Statements that remove the constraints against the change. */
  readonly before?: string;
  readonly change: string;
  readonly wrong: readonly string[];
  /** Tables of the other databases that have wrong rows too. */
  readonly elsewhere?: readonly string[];
}

export const entryNamed = (row: string) =>
  `'billing.entries ' || coalesce(${row}account_id || ' ' || ${row}sequence,
     ${row}transaction_id || ' ' || ${row}system_account || ' ' || ${row}currency)`;
export const entry = entryNamed('');
export const entryTransaction = `'billing.transactions ' || transaction_id`;
export const itself = `'billing.transactions ' || id`;
export const account = `'billing.accounts ' || id`;
export const settlement = `'billing.settlements ' || order_id || ' ' || kind`;
export const order = `'order.orders ' || id`;
export const orderOf = `'order.orders ' || order_id`;
export const notice = `'notification.notifications ' || id`;

export const inLedger = (change: string, ...wrong: readonly string[]): Tampering => ({
  owner: 'billing',
  change,
  wrong,
});
export const inOrders = (change: string, ...wrong: readonly string[]): Tampering => ({ owner: 'order', change, wrong });
export const inNotices = (change: string, ...wrong: readonly string[]): Tampering => ({
  owner: 'notification',
  before: `
    drop index notifications_by_order, notifications_by_transaction;
    alter table contacts drop constraint contacts_version_check`,
  change,
  wrong,
});

/** A change of one of four entries of a subgraph's audit log. */
export const inAuditLog = (owner: VerifiedSubgraph, change: string): Tampering => ({
  owner,
  before: `${staffActRows}; alter table staff_acts disable trigger user`,
  change,
  wrong: [`'${owner}.staff_acts ' || sequence`],
});

/** The ctids of an entry in the middle of an account, and of a last entry. */
export const inTheMiddle = `(select ctid from entries where sequence = 3 order by account_id limit 1)`;
export const theLast = `(select ctid from entries where account_id is not null order by sequence desc limit 1)`;
export const aCustomers = `(select account_id from entries where ctid = ${theLast})`;
export const ofTheSystem = `(select ctid from entries where system_account = 'FEES' limit 1)`;
export const withStatus = (status: string) => `(select id from orders where status = '${status}' order by id limit 1)`;
export const ofKind = (kind: string) => `(select id from transactions where kind = '${kind}' order by id limit 1)`;
export const noticeOfKind = (kind: string) =>
  `(select id from notifications where kind = '${kind}' order by id limit 1)`;
export const [firstAccount, lastAccount] = ['', 'desc'].map(
  (direction) => `(select id from accounts where sequence > 1 order by id ${direction} limit 1)`,
);
export const quote = `
  insert into quotes (id, customer_id, from_account_id, to_account_id, amount_minor, currency, fee_minor, received_minor,
    received_currency, rate, expires_at)
  select gen_random_uuid(), source.customer_id, source.id, target.id, 100, 'USD', 1, 90, 'EUR', '0.9', now()
  from accounts as source join accounts as target on target.customer_id <> source.customer_id
  where source.currency = 'USD' and target.currency = 'EUR' limit 1`;
/** Accounts that are closed although their customer's orders were never sealed. */
export const isHeld = `customer_id in (select to_customer_id from transactions where kind = 'REFUND_HELD')`;
export const reached = `(select user_id from contacts where deleted_at is null order by user_id limit 1)`;
export const contact = `'notification.contacts ' || user_id`;
export const nobody = `'00000000-0000-4000-8000-000000000000'`;
/** Adds a second entry of an act to the audit log, with a correct hash. */
export const repeatedAct = (act: string, actorId: string) => `
  insert into staff_acts (actor_id, actor, session_id, act, customer_id, subject, reason, caller)
  select ${actorId}, actor, session_id, act, customer_id, subject, reason, caller
  from staff_acts where act = '${act}' order by sequence limit 1`;
