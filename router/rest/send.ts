import type { FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '#platform/errors/faults.ts';
import type { IdentityReader } from '#platform/identity/identity.ts';
import { isFinal } from '#platform/orders/lifecycle.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { subscriberOf } from '../live/stream-request.ts';
import type { Decisions } from './decisions.ts';
import { waitOf } from './prefer.ts';
import { linked, locationOf, pageOf, sendMade, sendRead } from './responses.ts';
import type { Answer, Route } from './route.ts';

export interface SendOptions {
  readonly identify: IdentityReader;
  readonly decisions: Decisions;
  readonly log: Log;
}

/** The result of a route's operation, and the request that it answers. */
export interface Result {
  readonly route: Route;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Null if the object does not exist. */
  readonly result: unknown;
  /** Whether an earlier request with the same idempotency key had this result. */
  readonly repeated: boolean;
  /** Aborted when the client disconnects. */
  readonly gone: AbortSignal;
}

type Members = Readonly<Record<string, unknown>>;

/**
 * Sends a result with the status and the headers of its kind.
 *
 * @throws NOT_FOUND
 */
export async function sendResult(options: SendOptions, found: Result): Promise<FastifyReply> {
  const { route, request, reply, result } = found;
  const { answer } = route;
  if (answer.kind === 'nothing') return reply.code(204).header('cache-control', 'no-store').send();
  if (result === null) throw fault('NOT_FOUND', 'This does not exist or is not yours.');
  if (answer.kind === 'order') return await sendOrder(options, found, answer.by);
  if (answer.kind === 'session') return sendSession(found, answer);
  if (answer.kind === 'made') {
    void reply.header('location', locationOf(answer.location, result));
    return sendMade(reply, found.repeated ? 200 : 201, result);
  }
  if (answer.kind === 'changed') return sendMade(reply, 200, withoutUserErrors(result));
  if (answer.kind === 'object') return sendRead(request, reply, linked(route, result));
  const page = pageOf(route, result, request);
  if (page.next !== null) void reply.header('link', `<${page.next}>; rel="next"`);
  return sendRead(request, reply, page);
}

function withoutUserErrors(result: unknown): Members {
  const { userErrors: _, ...others } = result as Members;
  return others;
}

function sendSession({ reply, result }: Result, answer: Extract<Answer, { kind: 'session' }>): FastifyReply {
  const { challenge, ...tokens } = withoutUserErrors(result);
  if (challenge !== null) return sendMade(reply, 202, { challenge });
  if (answer.location !== undefined) void reply.header('location', locationOf(answer.location, null));
  return sendMade(reply, answer.isNew ? 201 : 200, tokens);
}

/** The order is placed or refunded: a fault of the wait must not hide it. */
const notWaited = (log: Log) => (error: unknown) => {
  log.warn({ reason: errorText(error) }, 'a request cannot wait for its order');
  return null;
};

type OrderAnswer = Extract<Answer, { kind: 'order' }>['by'];

/** Returns the order when it is decided, or when the time is over that the request prefers to wait. */
export async function decidedOrder(
  { identify, decisions, log }: SendOptions,
  { request, reply, result, gone }: Pick<Result, 'request' | 'reply' | 'result' | 'gone'>,
  by: OrderAnswer,
): Promise<Members> {
  const order = result as Members;
  const withinS = waitOf(request.headers.prefer);
  if (withinS === 0 || isFinal(order['status'])) return order;
  const wait = async () =>
    await decisions.wait({ subscriber: await subscriberOf(request, identify, log), order, withinS, gone });
  const waited = by === 'reading' ? await wait() : await wait().catch(notWaited(log));
  if (waited !== null) void reply.header('preference-applied', `wait=${withinS}`);
  return waited ?? order;
}

async function sendOrder(options: SendOptions, found: Result, by: OrderAnswer): Promise<FastifyReply> {
  const { request, reply, repeated } = found;
  const order = await decidedOrder(options, found, by);
  if (by === 'reading') return sendRead(request, reply, order);
  void reply.header('location', locationOf('/orders/{id}', order));
  const decided = by === 'placing' && !repeated ? 201 : 200;
  return sendMade(reply, isFinal(order['status']) ? decided : 202, order);
}
