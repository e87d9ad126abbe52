import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { internalMessage } from '#platform/errors/faults.ts';
import { type GraphCaller, graphResult } from '../graph-data.ts';
import { readOrder } from '../rest/read-order.ts';
import { resultAt } from '../rest/responses.ts';
import type { ToolInput } from './inputs.ts';
import { confirmationLifeInWords, signedQuote, type SignedTexts } from './signed-texts.ts';
import type { Tool } from './tools.ts';
import { movementInWords, orderInWords, refundInWords, transferInWords } from './words.ts';
import type { Graph } from '../graph.ts';

/** A call of a tool by an API client. */
export interface Call {
  readonly graph: Graph;
  readonly texts: SignedTexts;
  readonly clientId: string;
  readonly caller: GraphCaller;
  readonly tool: Tool;
  readonly input: ToolInput;
}

type Variables = Record<string, unknown>;

/**
 * Runs a tool. What moves money runs only with the text of a confirmation: without it, the answer says in words what would
 * happen, and nothing does. Errors are results, so that the agent reads them.
 */
export async function callTool(call: Call, given: Readonly<Record<string, unknown>>): Promise<CallToolResult> {
  const read = call.input.read(given);
  if (read.faults !== null) return failed('BAD_USER_INPUT', read.faults.join('\n'));
  const { tool } = call;
  if (tool.effect !== 'moves money') return await run(call, read.variables);
  return tool.name === 'transfer' ? await transfer(call, read) : await move(call, read);
}

interface Step {
  readonly variables: Variables;
  readonly confirm: string | null;
}

async function transfer(call: Call, { variables: { quoteId, description }, confirm }: Step): Promise<CallToolResult> {
  const quote = await call.texts.readQuote(call.clientId, String(quoteId));
  if (quote === null)
    return failed(
      'QUOTE_EXPIRED',
      `The quote has expired or is not yours. ${checkFirst} Then ask quote_transfer for a new one.`,
    );
  const { id, fromAccountId, toAccountId, amount } = quote;
  const variables = { fromAccountId, toAccountId, amount, quoteId: id, description };
  return await confirmed(call, { variables, confirm }, async () => transferInWords(quote, description));
}

async function move(call: Call, step: Step): Promise<CallToolResult> {
  const { tool } = call;
  const { variables } = step;
  return await confirmed(call, step, async () => {
    if (tool.name === 'deposit' || tool.name === 'withdraw') return movementInWords(tool.name, variables);
    return tool.name === 'place_order' ? orderInWords(variables) : await refundWords(call, variables);
  });
}

async function refundWords({ graph, caller }: Call, variables: Variables): Promise<string | CallToolResult | null> {
  const { data, errors } = await graphResult(graph, caller, {
    query: readOrder,
    variables: { id: variables['orderId'] },
  });
  const [error] = errors;
  if (error !== undefined) return failedWith(error);
  const order = resultAt(data, ['order']);
  return order === null ? failed('NOT_FOUND', notFound) : refundInWords(order, variables);
}

/** Runs what was confirmed, or answers with the words and the text that confirms them. */
async function confirmed(
  call: Call,
  { variables, confirm }: Step,
  inWords: () => Promise<string | CallToolResult | null>,
): Promise<CallToolResult> {
  const { texts, clientId, tool } = call;
  if (confirm !== null) {
    const idempotencyKey = await texts.readConfirmation(clientId, tool.name, variables, confirm);
    if (idempotencyKey !== null) return await run(call, { ...variables, idempotencyKey });
    return failed(
      'CONFIRMATION_REQUIRED',
      `The confirmation has expired, or is for another input. ${checkFirst} Then call again without \`confirm\`.`,
    );
  }
  const summary = await inWords();
  if (summary === null) return failed('BAD_USER_INPUT', 'The amount or the quantity is not valid.');
  if (typeof summary !== 'string') return summary;
  const text = await texts.signConfirmation(clientId, tool.name, variables);
  const within = `within ${confirmationLifeInWords}${tool.name === 'transfer' ? ' and before the quote expires' : ''}`;
  const nextStep = `Nothing has happened yet. Ask your user. To confirm, call ${tool.name} with the same arguments and this text as \`confirm\`, ${within}.`;
  return succeeded({ confirmationRequired: true, summary, nextStep, confirm: text });
}

const checkFirst = 'If you called with it before, check whether the money has moved.';
const notFound = 'This does not exist or is not yours.';

const userErrors = z.array(
  z.object({ code: z.string(), message: z.string(), retryAfterS: z.int().nullable().optional() }),
);

/** Executes the tool's operation in the graph, as the REST route does. */
async function run(call: Call, variables: Variables): Promise<CallToolResult> {
  const { graph, caller, tool } = call;
  const { data, errors } = await graphResult(graph, caller, { query: tool.route.document, variables });
  const [error] = errors;
  if (error !== undefined) return failedWith(error, tool.effect === 'moves money');
  const refusals = userErrors.parse(resultAt(data, ['payload', 'userErrors']) ?? []);
  const [refusal] = refusals;
  if (refusal !== undefined) {
    const seconds = refusals.flatMap(({ retryAfterS }) => retryAfterS ?? []);
    const messages = refusals.map(({ message }) => message).join('\n');
    return failed(refusal.code, messages, seconds.length === 0 ? undefined : Math.max(...seconds));
  }
  const result = resultAt(data, tool.route.result) as Variables | readonly unknown[] | null;
  if (result === null) return failed('NOT_FOUND', notFound);
  if (tool.effect === 'quotes') return await quoted(call, variables, result as Variables);
  if (tool.effect === 'moves money') return succeeded({ result, repeated: resultAt(data, ['payload', 'repeated']) });
  return succeeded(tool.route.answer.kind === 'list' ? listed(result) : { result });
}

function listed(result: Variables | readonly unknown[]): Variables {
  if (Array.isArray(result)) return { items: result };
  const { nodes, pageInfo, ...others } = result as Variables & {
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
  return { items: nodes, ...others, after: pageInfo.hasNextPage ? pageInfo.endCursor : null };
}

/** The quote, with an id that contains the transfer that it is for. */
async function quoted({ texts, clientId }: Call, variables: Variables, quote: Variables): Promise<CallToolResult> {
  const { fromAccountId, toAccountId } = variables;
  const signed = signedQuote.parse({ ...quote, fromAccountId, toAccountId });
  return succeeded({
    ...quote,
    id: undefined,
    quoteId: await texts.signQuote(clientId, signed),
    summary: transferInWords(signed),
  });
}

function succeeded(result: Variables): CallToolResult {
  const text = JSON.stringify(result);
  return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text) as Variables };
}

/** After these, nobody knows whether the money has moved. */
const isUnknownOutcome = (code: string) =>
  code.startsWith('SUBGRAPH_') || code === 'SERVICE_UNAVAILABLE' || code === 'INTERNAL_SERVER_ERROR';

function failedWith({ message, extensions }: GraphQLFormattedError, isConfirmed = false): CallToolResult {
  const code = String(extensions?.['code']);
  const isUnknown = isConfirmed && isUnknownOutcome(code);
  return failed(code, isUnknown ? `${message} ${repeatIt}` : message, extensions?.['retryAfterS']);
}

const repeatIt = 'The outcome is unknown: repeat the call with the same `confirm`.';

/** The result of a call that ended with an unexpected error. */
export function failedInside({ effect }: Tool, { confirm }: Variables): CallToolResult {
  const isConfirmed = effect === 'moves money' && typeof confirm === 'string';
  return failedWith({ message: internalMessage, extensions: { code: 'INTERNAL_SERVER_ERROR' } }, isConfirmed);
}

function failed(code: string, message: string, retryAfterS?: unknown): CallToolResult {
  const error = { code, message, ...(retryAfterS === undefined ? {} : { retryAfterS }) };
  return { content: [{ type: 'text', text: JSON.stringify(error) }], isError: true };
}
