import { Readable } from 'node:stream';
import type { ApolloServer } from '@apollo/server';
import { z } from 'zod';
import { fault } from '#platform/faults.ts';
import type { Http } from '#platform/http.ts';
import { errorText, type Log } from '#platform/log.ts';
import type { RouterContext } from './context.ts';
import { csvLine } from './csv.ts';
import { type Asker, askerOf, graphData } from './graph-data.ts';

const statementQuery = `query Statement($id: ID!, $after: String, $from: DateTime, $to: DateTime) {
  account(id: $id) {
    number
    currency
    entries(first: 100, after: $after, from: $from, to: $to, orderBy: ASC) {
      nodes {
        sequence
        direction
        amount { amount }
        balanceAfter { amount }
        createdAt
        transaction { id kind description fromAccountNumber toAccountNumber }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const money = z.object({ amount: z.string() });

const statementPage = z.object({
  number: z.string(),
  currency: z.string(),
  entries: z.object({
    nodes: z.array(
      z.object({
        sequence: z.number(),
        direction: z.enum(['DEBIT', 'CREDIT']),
        amount: money,
        balanceAfter: money,
        createdAt: z.string(),
        transaction: z.object({
          id: z.string(),
          kind: z.string(),
          description: z.string().nullable(),
          fromAccountNumber: z.string().nullable(),
          toAccountNumber: z.string().nullable(),
        }),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

type StatementPage = z.infer<typeof statementPage>;
type StatementEntry = StatementPage['entries']['nodes'][number];

/** The columns of a statement. */
export const header = [
  'sequence',
  'time',
  'kind',
  'amount',
  'balance after',
  'currency',
  'from account',
  'to account',
  'description',
  'transaction',
];

/** What `GET /statements/….csv` takes beside the account. */
export const period = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});

export interface StatementsOptions {
  readonly graph: ApolloServer<RouterContext>;
  /** Proxies that stand before this server. */
  readonly proxies: number;
  readonly log: Log;
}

/**
 * `GET /statements/<account id>.csv?from=…&to=…`: an account's statement, oldest entry first, for whoever's token
 * shows the account. It is read from the graph page by page as it is sent, so that its length costs no memory.
 */
export function serveStatements(http: Http, { graph, proxies, log }: StatementsOptions): void {
  http.get<{ Params: { account: string } }>('/statements/:account.csv', async (request, reply) => {
    const asked = period.safeParse(request.query);
    if (!asked.success) throw fault('BAD_USER_INPUT', '"from" and "to" are times such as 2026-01-31T00:00:00Z.');
    const id = request.params.account;
    const read = async (asker: Asker, after: string | null) => {
      const variables = { ...asked.data, id, after };
      const data = await graphData(graph, asker, { query: statementQuery, variables });
      return z.object({ account: statementPage.nullable() }).parse(data).account;
    };
    const asker = askerOf(request, reply, proxies);
    const first = await read(asker, null);
    if (first === null) throw fault('NOT_FOUND', 'You have no such account.');
    // What has begun to be sent cannot be refused any more.
    const admitted = { ...asker, sender: null };
    const lines = Readable.from(statementLines(first, async (after) => await read(admitted, after)));
    lines.on('error', (error) => log.error({ reason: errorText(error) }, 'a statement broke off'));
    return await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="statement-${first.number}.csv"`)
      .header('cache-control', 'no-store')
      .send(lines);
  });
}

type ReadPage = (after: string | null) => Promise<StatementPage | null>;

/** A page that cannot be had breaks the answer off, so that nobody takes half of a statement for all of it. */
async function* statementLines(first: StatementPage, read: ReadPage): AsyncGenerator<string> {
  yield csvLine(header);
  for (let page: StatementPage = first; ;) {
    yield page.entries.nodes.map((entry) => csvLine(valuesOf(entry, page.currency))).join('');
    const { hasNextPage, endCursor } = page.entries.pageInfo;
    if (!hasNextPage) return;
    const next = await read(endCursor);
    if (next === null) throw new Error('the account went away while its statement was read');
    page = next;
  }
}

function valuesOf(
  { sequence, direction, amount, balanceAfter, createdAt, transaction }: StatementEntry,
  currency: string,
) {
  const { id, kind, description, fromAccountNumber, toAccountNumber } = transaction;
  const signed = direction === 'DEBIT' ? `-${amount.amount}` : amount.amount;
  return [
    sequence,
    createdAt,
    kind,
    signed,
    balanceAfter.amount,
    currency,
    fromAccountNumber,
    toAccountNumber,
    description,
    id,
  ];
}
