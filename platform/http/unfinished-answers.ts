import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import { faultCodes, isFaultCode } from '../errors/faults.ts';
import { errorText, type Log } from '../telemetry/log.ts';

/** The codes of Node's errors for a connection that closes before a stream is written. */
const closedConnection = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED']);

/** Whether a response could not be written because the client closed the connection. */
export function clientHasGone(error: unknown, { raw }: FastifyReply): boolean {
  return raw.destroyed && closedConnection.has((error as { code?: string }).code ?? '');
}

/**
 * Logs that a response ended early: as an error only if the system is at fault.
 *
 * @param what the response, such as `a statement`.
 */
export function logUnfinished(log: Log, what: string, error: unknown, reply: FastifyReply): void {
  const reason = errorText(error);
  if (clientHasGone(error, reply)) log.debug({ reason }, `${what} was not finished: the client went away`);
  else if (isTimeUp(error)) log.info({ reason }, `${what} was not finished: the client did not read it in time`);
  else if (isRefusal(error)) log.info({ reason }, `${what} was not finished: the rest was refused`);
  else log.error({ reason }, `${what} was not finished`);
}

function isTimeUp(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Errors of the client, such as a token that expired meanwhile. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  const { code } = error.extensions;
  return isFaultCode(code) && faultCodes[code] < 500;
}
