import { SpanKind, trace } from '@opentelemetry/api';
import { traced } from '../telemetry/trace.ts';

/** Records a statement as a span of the active trace, if the trace is recorded. The span has the text without values. */
export async function traceStatement<Answer>(text: string, send: () => Promise<Answer>): Promise<Answer> {
  if (trace.getActiveSpan()?.isRecording() !== true) return await send();
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': withoutValues(text) };
  return await traced(summaryOf(text), { kind: SpanKind.CLIENT, attributes }, send);
}

/** The statement of a journal batch has about 2,000 characters, since it names the columns of several tables. */
const longestText = 4_000;

/** Replaces the literals of a statement and shortens its white space. */
function withoutValues(text: string): string {
  return text
    .replaceAll(/'(?:[^']|'')*'/g, "'?'")
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, longestText);
}

/** A summary of a statement: its verb, and the table that it changes, or else the table that it reads. */
export function summaryOf(text: string): string {
  const changed = /\b(insert) into "?(\w+)|\b(delete) from "?(\w+)|\b(update) "?(\w+)"? set/i.exec(text);
  const [verb, table] = changed?.slice(1).filter((part) => part !== undefined) ?? [
    /^\s*(\w+)/.exec(text)?.[1] ?? 'statement',
    /\bfrom "?(\w+)/i.exec(text)?.[1],
  ];
  return ['sql', verb!.toLowerCase(), table].filter((part) => part !== undefined).join(' ');
}
