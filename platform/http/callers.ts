import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { fault } from '../errors/faults.ts';

/** Who waits for an answer. */
export interface Caller {
  /** The client's IP address, or its network. */
  readonly sender: string;
  /** Aborted when the client has gone: its connection was closed before the answer was sent. */
  readonly signal: AbortSignal;
}

/** The header in which the router tells a subgraph the sender of the operations in a request. */
export const senderHeader = 'x-forwarded-for';

/** In characters: as long as an IPv6 address can be. */
const longestSender = 45;

/** Who waits for a subgraph's answer: the client that the router names, or else whoever has sent the request. */
export function callerOf({ headers, socket }: FastifyRequest, reply: FastifyReply): Caller {
  const sender = String(headers[senderHeader] ?? socket.remoteAddress ?? '').slice(0, longestSender);
  return { sender, signal: goneSignal(reply) };
}

/** Aborted when the client has gone before the answer was sent. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  whenOver(reply, () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** The work was for a client that has gone. Nobody reads this, and the metrics count it as the client's doing. */
export function callerGone(): GraphQLError {
  return fault('BAD_REQUEST', 'The client closed the connection before it was answered.');
}

/** Calls back once, when the answer has been sent or the client has gone, which may have happened already. */
export function whenOver({ raw }: FastifyReply, callBack: () => void): void {
  if (raw.destroyed) callBack();
  else raw.once('close', callBack);
}
