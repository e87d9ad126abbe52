import { SpanKind, trace } from '@opentelemetry/api';
import type pg from 'pg';
import { traced } from './trace.ts';

/** Records the statements that are sent in a recorded trace as steps of it: their text, which has no values in it. */
export function traceStatements(pool: pg.Pool): void {
  pool.on('connect', (client) => {
    const query = Reflect.get(client, 'query');
    const tracedQuery = function tracedQuery(...args: unknown[]): unknown {
      const send = () => Reflect.apply(query, client, args);
      // Who gives a callback gets no promise, and is no service of ours.
      const isRecorded = trace.getActiveSpan()?.isRecording() === true && typeof args.at(-1) !== 'function';
      return isRecorded ? tracedStatement(textOf(args[0]), send) : send();
    };
    Reflect.set(client, 'query', tracedQuery);
  });
}

async function tracedStatement(text: string, send: () => unknown): Promise<unknown> {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': withoutValues(text) };
  return await traced(summaryOf(text), { kind: SpanKind.CLIENT, attributes }, async () => await send());
}

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked;
  return (asked as { text?: string } | undefined)?.text ?? '';
}

const longestText = 1_000;

/** What is written out in a statement is replaced, and its white space is made small. */
function withoutValues(text: string): string {
  return text
    .replaceAll(/'(?:[^']|'')*'/g, "'?'")
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longestText);
}

/** What a statement does, in a word or two: its verb, and the table that it changes or, where it changes none, reads. */
export function summaryOf(text: string): string {
  const changed = /\b(insert) into "?(\w+)|\b(delete) from "?(\w+)|\b(update) "?(\w+)"? set/i.exec(text);
  const [verb, table] = changed?.slice(1).filter((part) => part !== undefined) ?? [
    /^\s*(\w+)/.exec(text)?.[1] ?? 'statement',
    /\bfrom "?(\w+)/i.exec(text)?.[1],
  ];
  return ['sql', verb!.toLowerCase(), table].filter((part) => part !== undefined).join(' ');
}
