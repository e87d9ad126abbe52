import { SpanKind, trace } from '@opentelemetry/api';
import { traced } from '../telemetry/trace.ts';

/** Records a statement as a step of the active trace, if that one is recorded: its text, without any values. */
export async function traceStatement<Answer>(text: string, send: () => Promise<Answer>): Promise<Answer> {
  if (trace.getActiveSpan()?.isRecording() !== true) return await send();
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': withoutValues(text) };
  return await traced(summaryOf(text), { kind: SpanKind.CLIENT, attributes }, send);
}

/** A journal batch names the columns of several tables, in about 2,000 characters. */
const longestText = 4_000;

/** Replaces the literals of a statement and shortens its white space. */
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
