import DataLoader from 'dataloader';
import type { Manager } from '#platform/postgres/database.ts';
import { viewerOf } from '#platform/identity/identity.ts';
import { byId, groupedBy } from '#platform/graphql/loading.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { Rates } from './domain/exchange.ts';
import type { Funding } from './domain/funding.ts';
import type { AccountRow } from './entities/account.ts';
import type { StatementRow } from './entities/entry.ts';
import type { TransactionRow } from './entities/transaction.ts';
import { accountNumbers, accountsOf, findAccounts } from './services/find-accounts.ts';
import { findOrderTransactions, findTransactions } from './services/find-transactions.ts';
import { type EntriesWanted, readEntries } from './services/list-entries.ts';
import type { MoveMoney } from './services/move-money.ts';
import { type PeriodBalances, periodBalances, type StatementPeriod } from './services/period-balances.ts';
import type { FindShop } from './services/find-shop.ts';
import type { SealOrders } from './services/seal-orders.ts';
import { spentThisMonth } from './services/spent-this-month.ts';
import type { FindParties } from './services/unknown-receivers.ts';

/** A reference to a user, who belongs to the user subgraph. */
export interface CustomerReference {
  readonly id: string;
}

/** A reference to an order, which belongs to the order subgraph. */
export interface OrderReference {
  readonly id: string;
}

/** The terms of transfers, from the settings. */
export interface Terms {
  readonly rates: Rates;
  readonly quoteTtlS: number;
  /** In cents of US dollars: a correction of this amount needs the approval of a second operator. */
  readonly correctionApprovalFromMinor: bigint;
  /** In cents of US dollars: transfers of this amount in a day need a confirmation. 0 if none does. */
  readonly confirmTransfersFromMinor: bigint;
}

/** The parts that all requests share. */
export interface BillingParts extends Terms {
  readonly funding: Funding;
  readonly moveMoney: MoveMoney;
  readonly findParties: FindParties;
  readonly sealOrders: SealOrders;
  readonly findShop: FindShop;
  readonly outbox: Outbox;
}

/** Each loader reads everything that a request needs of one kind in one statement. Most read only the viewer's rows. */
export interface BillingContext extends BaseContext, BillingParts {
  readonly em: Manager;
  readonly accounts: DataLoader<string, AccountRow | null>;
  readonly accountsOfCustomer: DataLoader<string, AccountRow[]>;
  /** The number of any customer's account: a transaction shows the numbers of both sides. */
  readonly accountNumbers: DataLoader<string, string | null>;
  readonly transactions: DataLoader<string, TransactionRow | null>;
  readonly transactionsOfOrder: DataLoader<string, TransactionRow[]>;
  readonly entries: DataLoader<EntriesWanted, StatementRow[], string>;
  readonly periodBalances: DataLoader<StatementPeriod, PeriodBalances, string>;
  /** What shops have debited in this month, by the id of the consent. */
  readonly spentThisMonth: DataLoader<string, bigint>;
}

export function createContext(base: BaseContext, em: Manager, parts: BillingParts): BillingContext {
  const customerId = () => viewerOf(base.identity).id;
  return {
    ...base,
    ...parts,
    em,
    accounts: new DataLoader(async (ids) => byId(ids, await findAccounts(em, customerId(), ids))),
    accountsOfCustomer: new DataLoader(async (ids) => await Promise.all(ids.map((id) => accountsOf(em, id)))),
    accountNumbers: new DataLoader(async (ids) => await accountNumbers(em, ids)),
    transactions: new DataLoader(async (ids) => byId(ids, await findTransactions(em, customerId(), ids))),
    transactionsOfOrder: new DataLoader(async (ids) =>
      groupedBy(ids, await findOrderTransactions(em, customerId(), ids), ({ orderId }) => orderId ?? null),
    ),
    entries: new DataLoader(async (wanted) => await readEntries(em, wanted), {
      cacheKeyFn: (wanted) => JSON.stringify(wanted),
    }),
    periodBalances: new DataLoader(async (periods) => await periodBalances(em, periods), {
      cacheKeyFn: (period) => JSON.stringify(period),
    }),
    spentThisMonth: new DataLoader(async (ids) => await spentThisMonth(em, ids)),
  };
}
