import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import { addChallenge } from './challenge.ts';

/** One cause of a problem, with the part of the request that is at fault. */
export interface ProblemCause {
  readonly code: string;
  readonly detail: string;
  /** A JSON Pointer into the body, as a URI fragment such as `#/amount/currency`. */
  readonly pointer?: string;
  /** A parameter of the path or of the query. */
  readonly parameter?: string;
  readonly header?: string;
}

/** An error response: the status, and at least one cause. The first cause stands for all. */
export interface Problem {
  readonly status: number;
  /** The seconds after which the client may try again. */
  readonly retryAfterS?: number;
  readonly causes: readonly [ProblemCause, ...ProblemCause[]];
}

export const problemType = 'application/problem+json';

/**
 * Sends a problem (RFC 9457). The code of the catalogue and the causes are extension members.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export function sendProblem(reply: FastifyReply, { status, retryAfterS, causes }: Problem): FastifyReply {
  const [first] = causes;
  const { code } = first;
  // The detail alone names the part, too.
  const part = code === 'BAD_USER_INPUT' ? (first.pointer ?? first.parameter) : undefined;
  const detail = part === undefined ? first.detail : `${part}: ${first.detail}`;
  addChallenge(reply, status, code);
  if (retryAfterS !== undefined) void reply.header('retry-after', retryAfterS);
  return reply
    .code(status)
    .header('content-type', problemType)
    .header('cache-control', 'no-store')
    .send(
      `${JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, code, errors: causes })}\n`,
    );
}
