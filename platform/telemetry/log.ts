import { type LogFn, pino, type Logger } from 'pino';
import { withoutSecrets } from './secrets.ts';
import { currentTrace } from './trace.ts';

export type Log = Logger;

/**
 * JSON lines on standard output, each with the name of the process that wrote it and, within a request or a job, the
 * id of the trace, which is the same in all processes. Secrets and addresses of people are cut out, wherever they are.
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
        // An error alone would be told field by field.
        const told = first instanceof Error ? { err: first } : first;
        method.apply(this, [told, ...others].map((argument) => withoutSecrets(argument)) as Parameters<LogFn>);
      },
    },
    // Whatever looks like an error has become one that may be told.
    serializers: { err: (error: unknown) => error },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

/** What an error says, also where it bundles the errors of several addresses and says nothing itself. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorText).join('; ');
  return error instanceof Error ? error.message : String(error);
}
