import { Readable } from 'node:stream';
import { whenOver } from '#platform/http/callers.ts';
import { now } from '#platform/process/clock.ts';
import { fault } from '#platform/errors/faults.ts';
import type { Http } from '#platform/http/http.ts';
import type { IdentityReader, Viewer } from '#platform/identity/identity.ts';
import type { Log } from '#platform/telemetry/log.ts';
import { transactionIdOf } from '#platform/validation/receipt-number.ts';
import { logUnfinished } from '#platform/http/unfinished-answers.ts';
import { type GraphCaller, graphCallerOf, graphData } from '../graph-data.ts';
import { subscriberOf } from '../live/stream-request.ts';
import { keyOf } from '../open-counts.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import {
  type AccountStatement,
  entriesOfPage,
  firstPage,
  firstPageQuery,
  nextPage,
  nextPageQuery,
} from './account-statement.ts';
import { type StatementFormat, statementFormats } from './formats.ts';
import { layoutCost, pdfReceipt, receiptData, receiptQuery } from './pdf-receipt.ts';
import { fileName, readPeriod } from './period.ts';
import { statementOf } from './statement.ts';
import type { StatementTurns } from './turns.ts';
import type { Graph } from '../graph.ts';

export interface StatementsOptions {
  readonly graph: Graph;
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
 * Serves `GET /statements/<account id>.<format>?from=…&to=…`: the statement of the customer's account, oldest entry first.
 * Pages are read from the graph as they are sent, so the memory does not grow with the length. All pages are charged
 * before the first is sent, since a response that has begun cannot be refused. `GET /statements/receipts/<number>.pdf` is
 * the receipt of one transaction; it takes a turn too, and a fixed cost on top of its query's.
 */
export function serveStatements(http: Http, options: StatementsOptions): void {
  for (const [extension, format] of Object.entries(statementFormats)) serveFormat(http, options, extension, format);
  serveReceipts(http, options);
}

function serveFormat(
  http: Http,
  options: StatementsOptions,
  extension: string,
  { contentType, mostEntries = Infinity, write }: StatementFormat,
): void {
  const { graph, identify, turns, proxies, log } = options;

  http.get<{ Params: { account: string } }>(`/statements/:account.${extension}`, async (request, reply) => {
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
    refuseLonger(account, mostEntries);
    await chargeRest(options, caller, viewer, account);
    const charged = { ...caller, sender: null };
    const read = async (after: string) => {
      const data = await graphData(graph, charged, { query: nextPageQuery, variables: { ...variables, after } });
      return nextPage.parse(data).account?.entries ?? null;
    };
    const madeAt = now();
    const statement = statementOf(account, period, { holder: viewer.name, madeAt, read });
    const parts = Readable.from(write(statement), { signal: AbortSignal.timeout(longestMs) });
    parts.on('error', (error) => logUnfinished(log, 'a statement', error, reply));
    return await reply
      .header('content-type', contentType)
      .header('content-disposition', `attachment; filename="${fileName(account.number, period, madeAt, extension)}"`)
      .header('cache-control', 'no-store')
      .send(parts);
  });
}

function serveReceipts(http: Http, { graph, identify, turns, rateLimits, proxies, log }: StatementsOptions): void {
  http.get<{ Params: { number: string } }>('/statements/receipts/:number.pdf', async (request, reply) => {
    const { viewer } = await subscriberOf(request, identify, log);
    const id = transactionIdOf(request.params.number);
    if (id === null) throw noReceipt();
    const caller = graphCallerOf(request, reply, proxies);
    whenOver(reply, turns.enter(keyOf(viewer), caller.setHeader));
    const { transaction } = receiptData.parse(
      await graphData(graph, caller, { query: receiptQuery, variables: { id } }),
    );
    if (transaction === null) throw noReceipt();
    const { sender, setHeader } = caller;
    if (sender !== null) await rateLimits?.spend({ sender, viewer, cost: layoutCost, signIns: 0 }, setHeader);
    return await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="receipt-${transaction.receiptNumber}.pdf"`)
      .header('cache-control', 'no-store')
      .send(await pdfReceipt(transaction, viewer.name, now()));
  });
}

/** The same for a number of no transaction and of another customer's. */
const noReceipt = () => fault('NOT_FOUND', 'This receipt does not exist or is not yours.');

/** @throws BAD_USER_INPUT if the statement has more entries than the format takes. */
function refuseLonger({ entries, newest }: AccountStatement, most: number): void {
  const last = newest.nodes[0]?.sequence ?? 0;
  if (last - (entries.nodes[0]?.sequence ?? last) < most) return;
  throw fault(
    'BAD_USER_INPUT',
    `This format takes at most ${most} entries. Choose a shorter period with "from" and "to", or another format.`,
  );
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
