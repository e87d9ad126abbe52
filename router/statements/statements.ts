import { Readable } from 'node:stream';
import type { ApolloServer } from '@apollo/server';
import { whenOver } from '#platform/http/callers.ts';
import { now } from '#platform/process/clock.ts';
import { fault } from '#platform/errors/faults.ts';
import type { Http } from '#platform/http/http.ts';
import type { IdentityReader, Viewer } from '#platform/identity/identity.ts';
import type { Log } from '#platform/telemetry/log.ts';
import { logUnfinished } from '#platform/http/unfinished-answers.ts';
import type { RouterContext } from '../context.ts';
import { type GraphCaller, graphCallerOf, graphData } from '../graph-data.ts';
import { subscriberOf } from '../live/stream-request.ts';
import { keyOf } from '../open-counts.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import {
  type AccountStatement,
  type EntriesPage,
  entriesOfPage,
  firstPage,
  firstPageQuery,
  nextPage,
  nextPageQuery,
} from './account-statement.ts';
import { byteOrderMark, csvHeader, csvLine } from './csv.ts';
import { fileName, readPeriod, type StatementPeriod } from './period.ts';
import { balanceRow, columns, entryRow, valuesOf } from './rows.ts';
import type { StatementTurns } from './turns.ts';

export interface StatementsOptions {
  readonly graph: ApolloServer<RouterContext>;
  readonly identify: IdentityReader;
  readonly turns: StatementTurns;
  /** Null if rate limits are off. */
  readonly rateLimits: RateLimits | null;
  /** Returns the cost of a page of a statement. */
  readonly pageCost: () => number;
  /** The number of proxies in front of this server. */
  readonly proxies: number;
  readonly log: Log;
}

/** A client that takes longer to read its statement is disconnected, to free its turn. */
const longestMs = 600_000;

/**
 * Serves `GET /statements/<account id>.csv?from=…&to=…`: the statement of the customer's account, oldest entry first.
 * Pages are read from the graph as they are sent, so the memory does not grow with the length. All pages are charged
 * before the first is sent, since a response that has begun cannot be refused.
 */
export function serveStatements(http: Http, options: StatementsOptions): void {
  const { graph, identify, turns, proxies, log } = options;

  http.get<{ Params: { account: string } }>('/statements/:account.csv', async (request, reply) => {
    const period = readPeriod(request.query);
    const { viewer } = await subscriberOf(request, identify, log);
    const caller = graphCallerOf(request, reply, proxies);
    whenOver(reply, turns.enter(keyOf(viewer), caller.setHeader));
    const variables = {
      id: request.params.account,
      from: period.from?.time.toISOString(),
      to: period.to?.time.toISOString(),
    };
    const { account } = firstPage.parse(await graphData(graph, caller, { query: firstPageQuery, variables }));
    if (account === null) throw fault('NOT_FOUND', 'This account does not exist or is not yours.');
    await chargeRest(options, caller, viewer, account);
    const charged = { ...caller, sender: null };
    const read = async (after: string) => {
      const data = await graphData(graph, charged, { query: nextPageQuery, variables: { ...variables, after } });
      return nextPage.parse(data).account?.entries ?? null;
    };
    const lines = Readable.from(statementLines(account, period, read), { signal: AbortSignal.timeout(longestMs) });
    lines.on('error', (error) => logUnfinished(log, 'a statement', error, reply));
    return await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="${fileName(account.number, period, now())}"`)
      .header('cache-control', 'no-store')
      .send(lines);
  });
}

/** @throws RATE_LIMITED; BAD_USER_INPUT if the statement costs more than a customer may use in a minute. */
async function chargeRest(
  { rateLimits, pageCost }: StatementsOptions,
  { sender, setHeader }: GraphCaller,
  viewer: Viewer,
  { entries, newest }: AccountStatement,
): Promise<void> {
  const last = entries.nodes.at(-1)?.sequence ?? 0;
  const pages = Math.ceil(((newest.nodes[0]?.sequence ?? last) - last) / entriesOfPage);
  if (pages <= 0 || sender === null || rateLimits === null) return;
  const cost = pages * pageCost();
  if (cost + pageCost() > rateLimits.maxCost(viewer)) {
    const most = Math.floor(rateLimits.maxCost(viewer) / pageCost()) * entriesOfPage;
    throw fault(
      'BAD_USER_INPUT',
      `This statement has more than ${most} entries, the maximum. Choose a shorter period with "from" and "to".`,
    );
  }
  await rateLimits.spend({ sender, viewer, cost, signIns: 0 }, setHeader);
}

type ReadPage = (after: string) => Promise<EntriesPage | null>;

/**
 * Yields the lines up to the entry that was the newest when the first page was read. A failed page aborts the response,
 * so that a partial statement is not taken for a complete one.
 */
async function* statementLines(
  { currency, entries, newest }: AccountStatement,
  { from, to }: StatementPeriod,
  read: ReadPage,
): AsyncGenerator<string> {
  const madeAt = now();
  const last = newest.nodes[0]?.sequence ?? 0;
  let balance = entries.openingBalance.amount;
  yield byteOrderMark + csvHeader(columns);
  yield csvLine(valuesOf(balanceRow('OPENING_BALANCE', from?.time ?? null, balance, currency)));
  for (let page: EntriesPage = entries; ;) {
    const nodes = page.nodes.filter(({ sequence }) => sequence <= last);
    yield nodes.map((entry) => csvLine(valuesOf(entryRow(entry, currency)))).join('');
    const newestSent = nodes.at(-1);
    balance = newestSent?.balanceAfter.amount ?? balance;
    if ((newestSent?.sequence ?? last) >= last) break;
    const next = await read(page.pageInfo.endCursor!);
    if (next === null || next.nodes.length === 0) throw new Error('the account’s entries disappeared during the read');
    page = next;
  }
  const until = to !== null && to.time < madeAt ? to.time : madeAt;
  yield csvLine(valuesOf(balanceRow('CLOSING_BALANCE', until, balance, currency)));
}
