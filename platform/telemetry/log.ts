import { type LogFn, pino, type Logger } from 'pino';
import { withoutSecrets } from './secrets.ts';
import { currentTrace } from './trace.ts';

export type Log = Logger;

/**
 * Creates a log that writes JSON lines to standard output. Each line has the name of its process and, within a request or
 * a job, the trace id, which is the same in all processes. Secrets and email addresses are removed from every field.
 */
export function createLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    mixin: () => {
      const traceId = currentTrace()?.traceId;
      return traceId === undefined ? {} : { traceId };
    },
    hooks: {
      logMethod([first, ...others], method) {
        // pino would log an error that is the whole object field by field.
        const told = first instanceof Error ? { err: first } : first;
        method.apply(this, [told, ...others].map((argument) => withoutSecrets(argument)) as Parameters<LogFn>);
      },
    },
    // The formatter above has already turned errors into loggable objects.
    serializers: { err: (error: unknown) => error },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** Returns the message of an error. An AggregateError without one has the messages of its errors. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorText).join('; ');
  return error instanceof Error ? error.message : String(error);
}
