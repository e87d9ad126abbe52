import { pino, type Logger } from 'pino';
import { currentTrace } from './trace.ts';

export type Log = Logger;

/**
 * JSON lines on standard output, each with the name of the process that wrote it and, within a request or a job, the
 * id of the trace, which is the same in all processes. Secrets and addresses of people are cut out.
 */
export function createLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    redact: {
      paths: [
        '*.password',
        '*.currentPassword',
        '*.newPassword',
        '*.accessToken',
        '*.refreshToken',
        '*.authorization',
        'headers.authorization',
        'headers.cookie',
      ],
      censor: '[redacted]',
    },
    mixin: () => {
      const traceId = currentTrace()?.traceId;
      return traceId === undefined ? {} : { traceId };
    },
    serializers: { err: describeError, reason: withoutPeople },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** Not all that an error carries: PostgreSQL's have the rows that they are about. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutPeople(String(error));
  const { name: type, message, stack = '', cause } = error;
  const { code } = error as { code?: unknown };
  return {
    type,
    message: withoutPeople(message),
    ...(typeof code === 'string' ? { code } : {}),
    stack: withoutPeople(stack),
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

/** Of a person, or with the password of a server in it. */
const address = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu;

function withoutPeople(text: unknown): unknown {
  return typeof text === 'string' ? text.replaceAll(address, '[address]') : text;
}

/** What an error says, also where it bundles the errors of several addresses and says nothing itself. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorText).join('; ');
  return error instanceof Error ? error.message : String(error);
}
