import { getOperationAST, parse } from 'graphql';
import { z } from 'zod';
import type { RequestedOperation } from '#platform/graphql/limits/requested-operation.ts';
import { moneyShape } from '../money-shape.ts';

/** The queries of a statement, and the schemas of their results. */

export const entriesOfPage = 100;

const entries = `fragment StatementEntries on EntryConnection {
  nodes {
    sequence
    direction
    amount { amount }
    balanceAfter { amount }
    createdAt
    transaction {
      id
      receiptNumber
      kind
      amount { amount currency }
      fee { amount }
      received { amount currency }
      rate
      fromAccountNumber
      toAccountNumber
      order { id productId }
      description
    }
  }
  pageInfo { endCursor }
}`;

/** Selects the account, the first page of its entries, and the newest sequence number. */
export const firstPageQuery = `query Statement($id: ID!, $from: DateTime, $to: DateTime) {
  account(id: $id) {
    number
    currency
    entries(first: ${entriesOfPage}, from: $from, to: $to, orderBy: ASC) {
      ...StatementEntries
      openingBalance { amount }
    }
    newest: entries(first: 1, from: $from, to: $to, orderBy: DESC) {
      nodes { sequence balanceAfter { amount } }
    }
  }
}
${entries}`;

/** Selects any later page. */
export const nextPageQuery = `query StatementPage($id: ID!, $after: String, $from: DateTime, $to: DateTime) {
  account(id: $id) {
    entries(first: ${entriesOfPage}, after: $after, from: $from, to: $to, orderBy: ASC) { ...StatementEntries }
  }
}
${entries}`;

const nextPageDocument = parse(nextPageQuery);

/** A page as an operation, to compute its cost. */
export const nextPageOperation: RequestedOperation = {
  document: nextPageDocument,
  operation: getOperationAST(nextPageDocument)!,
  variables: {},
};

const amount = z.object({ amount: z.string() });

const entry = z.object({
  sequence: z.number(),
  direction: z.enum(['DEBIT', 'CREDIT']),
  amount,
  balanceAfter: amount,
  createdAt: z.string(),
  transaction: z.object({
    id: z.string(),
    receiptNumber: z.string(),
    kind: z.string(),
    amount: moneyShape,
    fee: amount.nullable(),
    received: moneyShape.nullable(),
    rate: z.string().nullable(),
    fromAccountNumber: z.string().nullable(),
    toAccountNumber: z.string().nullable(),
    order: z.object({ id: z.string(), productId: z.string() }).nullable(),
    description: z.string().nullable(),
  }),
});

const page = z.object({ nodes: z.array(entry), pageInfo: z.object({ endCursor: z.string().nullable() }) });

export const firstPage = z.object({
  account: z
    .object({
      number: z.string(),
      currency: z.string(),
      entries: page.extend({ openingBalance: amount }),
      newest: z.object({ nodes: z.array(z.object({ sequence: z.number(), balanceAfter: amount })) }),
    })
    .nullable(),
});

export const nextPage = z.object({ account: z.object({ entries: page }).nullable() });

export type StatementEntry = z.infer<typeof entry>;
export type EntriesPage = z.infer<typeof page>;
export type AccountStatement = NonNullable<z.infer<typeof firstPage>['account']>;
