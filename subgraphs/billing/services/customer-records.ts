import { sql } from 'kysely';
import type { CustomerRecordReference } from '#platform/identity/customer-record.ts';
import { seesMasked } from '#platform/identity/customer-record.ts';
import type { Connection, PageRequest } from '#platform/graphql/paging.ts';
import type { Manager } from '#platform/postgres/database.ts';
import type { BillingContext } from '#billing/context.ts';
import type { RecordScope } from '#billing/domain/transaction-record.ts';
import type { AccountRow } from '#billing/entities/account.ts';
import { Freeze, type FreezeRow } from '#billing/entities/freeze.ts';
import type { StatementRow } from '#billing/entities/entry.ts';
import type { TransactionRow } from '#billing/entities/transaction.ts';
import type { CorrectionView } from './corrections.ts';
import { findTransactions } from './find-transactions.ts';
import { type EntryListRequest, listEntries } from './list-entries.ts';
import { pageOfCorrections } from './list-corrections.ts';
import { listTransactions, type TransactionListRequest } from './list-transactions.ts';

/** What staff read of one customer. The reference resolver of the record has checked the permit. */

/** A transaction in the record of a customer. */
export interface TransactionRecordView extends TransactionRow, RecordScope {}

export interface EntryRecordView extends StatementRow {
  readonly transaction: TransactionRecordView;
}

export async function listRecordTransactions(
  { id }: CustomerRecordReference,
  request: TransactionListRequest,
  { em, identity }: BillingContext,
): Promise<Connection<TransactionRecordView>> {
  const isMasked = seesMasked(identity);
  const found = await listTransactions(em, id, request);
  return mapped(found, (row) => ({ ...row, recordOf: id, isMasked }));
}

/** A page of the statement of one of the customer's accounts, with the transactions of its entries. */
export async function listRecordEntries(
  { id, customerId }: AccountRow,
  request: EntryListRequest,
  { em, identity, entries }: BillingContext,
): Promise<Connection<EntryRecordView>> {
  const isMasked = seesMasked(identity);
  const found = await listEntries((wanted) => entries.load(wanted), id, request);
  const ids = [...new Set(found.nodes.map(({ transactionId }) => transactionId))];
  const rows = new Map<string, TransactionRow>();
  for (const row of await findTransactions(em, customerId, ids)) rows.set(row.id, row);
  return mapped(found, (entry) => ({
    ...entry,
    transaction: { ...rows.get(entry.transactionId)!, recordOf: customerId, isMasked },
  }));
}

const mostFreezes = 50;

/** The freezes of a customer and of single accounts, newest first. */
export async function freezesOf(em: Manager, customerId: string): Promise<FreezeRow[]> {
  return await em.find(
    Freeze,
    { customerId },
    { orderBy: { frozenAt: 'desc', id: 'desc' }, limit: mostFreezes, disableIdentityMap: true },
  );
}

/** A page of the corrections of a customer's accounts, newest first. */
export async function correctionsOf(
  em: Manager,
  customerId: string,
  request: PageRequest,
): Promise<Connection<CorrectionView>> {
  return await pageOfCorrections(em, request, 'corrections of a customer', sql`accounts.customer_id = ${customerId}`);
}

function mapped<Row, View>(found: Connection<Row>, viewOf: (row: Row) => View): Connection<View> {
  const edges = found.edges.map(({ cursor, node }) => ({ cursor, node: viewOf(node) }));
  return { edges, nodes: edges.map(({ node }) => node), pageInfo: found.pageInfo };
}
