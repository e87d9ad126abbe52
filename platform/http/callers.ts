import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { fault } from '../errors/faults.ts';
import { deviceOf } from './device.ts';

/** A client as the router describes it to a subgraph. */
export interface Client {
  /** The client's IP address, or its network. */
  readonly sender: string;
  /** Its device in words, such as `Firefox on Windows`. */
  readonly device: string;
}

/** The client that waits for a response. */
export interface Caller extends Client {
  /** Aborted when the client closes the connection before the response is sent. */
  readonly signal: AbortSignal;
}

/** In characters: the longest IPv6 address, or the name of an IPv6 network. */
export const longestSender = 45;

/** Returns the caller of a subgraph that did not come through the router: the sender of the request. */
export function callerOf({ headers, socket }: FastifyRequest, reply: FastifyReply): Caller {
  const sender = (socket.remoteAddress ?? '').slice(0, longestSender);
  return { sender, device: deviceOf(headers['user-agent']), signal: goneSignal(reply) };
}

/** Returns a signal that is aborted when the client disconnects before the response is sent. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  whenOver(reply, () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** The client has disconnected. No client reads this error; the metrics count it as an error of the client. */
export function callerGone(): GraphQLError {
  return fault('BAD_REQUEST', 'The client closed the connection before it was answered.');
}

/** Calls back once, when the response has been sent or the client has disconnected, even if that was earlier. */
export function whenOver({ raw }: FastifyReply, callBack: () => void): void {
  if (raw.destroyed) callBack();
  else raw.once('close', callBack);
}
