import type { Message } from '../diagrams/sequence.ts';
import type { Step } from './tree.ts';

/**
 * Converts a trace to the messages of a sequence diagram: requests, jobs, and the database changes of each step. Reads
 * are omitted.
 *
 * @param groupOf returns the worker group of a queue.
 */
export function messagesOf(steps: readonly Step[], groupOf: (queue: string) => string): Message[] {
  return steps.flatMap((step) => messagesOfStep(step, 'client', groupOf));
}

function messagesOfStep({ span, steps }: Step, caller: string, groupOf: (queue: string) => string): Message[] {
  const message = messageOf(span.service, span.name, caller, groupOf);
  const self = message?.self ?? caller;
  const changes = changesIn(steps.filter(({ span }) => span.name.startsWith('sql ')).map(({ span }) => span));
  return [
    ...(message === null ? [] : [{ from: message.from, to: message.to, text: message.text }]),
    ...(changes === '' ? [] : [{ from: self, to: `${self.split(' ')[0]} database`, text: changes }]),
    ...steps.flatMap((below) => messagesOfStep(below, self, groupOf)),
  ];
}

/** A message, and the participant that performs its step. */
type Meaning = Message & { readonly self: string };

function messageOf(service: string, name: string, caller: string, groupOf: (queue: string) => string): Meaning | null {
  const [, verb, what] = /^(\w+) (\S+)/.exec(name) ?? [];
  switch (verb) {
    case 'query':
    case 'mutation': {
      const self = service === 'router' ? 'router' : `${service} subgraph`;
      return { from: caller, to: self, text: name, self };
    }
    case 'relay':
      return { from: 'relay', to: `${what} database`, text: 'take outbox rows', self: 'relay' };
    case 'add':
      return { from: caller, to: 'queue', text: what!.split('.')[0]!, self: 'queue' };
    case 'process': {
      const self = `${groupOf(what!)} worker`;
      return { from: caller, to: self, text: what!, self };
    }
    default:
      return null;
  }
}

/** Such as `lock accounts, insert transactions, entries`. */
function changesIn(statements: readonly Step['span'][]): string {
  const changes = statements.flatMap(({ attributes }) => changesOf(String(attributes['db.query.text'])));
  return changes
    .map(([verb, table], index) => (verb === changes[index - 1]?.[0] ? table : `${verb} ${table}`))
    .join(', ');
}

const changing =
  /\bfor (?:no key )?update of (\w+)|\b(insert) into "?(\w+)|\b(update) "?(\w+)"? set|\b(delete) from "?(\w+)/gi;

function changesOf(text: string): [verb: string, table: string][] {
  return [...text.matchAll(changing)].map(([, locked, ...others]) => {
    const [verb, table] = locked === undefined ? others.filter((part) => part !== undefined) : ['lock', locked];
    return [verb!.toLowerCase(), table!];
  });
}
