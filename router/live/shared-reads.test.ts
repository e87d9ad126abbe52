import { describe, expect, test } from '@jest/globals';
import pLimit from 'p-limit';
import type { Scope } from '#platform/identity/scopes.ts';
import type { GraphRequest } from '../graph-data.ts';
import type { Subscriber } from './graph-reads.ts';
import { sharedReads } from './shared-reads.ts';

function subscriber(token: string, { id = 'ada', name = 'Ada', expiresAtMs = 1_000 } = {}): Subscriber {
  const viewer = { id, email: 'ada@example.com', name, sessionId: 'session', roles: [] };
  return { token: 'valid', viewer, authorization: token, expiresAt: new Date(expiresAtMs) };
}

const read: GraphRequest = { query: '{ order }', variables: { id: '1' } };

/** A graph that answers when it is told to. */
function heldGraph(atOnce = 32) {
  const sent: { token: string; asked: GraphRequest; answer: (what: string) => void }[] = [];
  const ask = sharedReads(async ({ authorization }, asked) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    sent.push({ token: authorization, asked, answer: resolve });
    return { data: { said: await promise } };
  }, pLimit(atOnce));
  return { sent, ask };
}

const loopTurns = async () => {
  for (let count = 0; count < 3; count += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('reads of streams', () => {
  test('that are equal and concurrent are one, with the token that expires last', async () => {
    const { sent, ask } = heldGraph();
    const answers = [
      ask(subscriber('first'), read),
      ask(subscriber('longest', { expiresAtMs: 3_000 }), read),
      ask(subscriber('last', { expiresAtMs: 2_000 }), read),
    ];
    await loopTurns();
    expect(sent.map(({ token }) => token)).toEqual(['longest']);
    sent[0]!.answer('news');
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 3 }, () => ({ data: { said: 'news' } })));
  });

  test('of an API client are not those of its customer, nor of a client with other scopes', async () => {
    const { sent, ask } = heldGraph();
    const client = (id: string, scopes: readonly Scope[]) => {
      const customer = subscriber(`client-${id}`);
      return { ...customer, viewer: { ...customer.viewer, client: { id, scopes } } };
    };
    void ask(subscriber('customer'), read);
    void ask(client('1', ['orders:read']), read);
    void ask(client('1', ['orders:write']), read);
    void ask(client('2', ['orders:read']), read);
    await loopTurns();
    expect(sent.map(({ token }) => token)).toEqual(['customer', 'client-1', 'client-1', 'client-2']);
  });

  test('that arrive after one was sent do not share its result, which may be older than the event', async () => {
    const { sent, ask } = heldGraph();
    const early = ask(subscriber('first'), read);
    await loopTurns();
    const late = ask(subscriber('second'), read);
    await loopTurns();
    sent[0]!.answer('before');
    sent[1]!.answer('after');
    expect(await Promise.all([early, late])).toEqual([{ data: { said: 'before' } }, { data: { said: 'after' } }]);
  });

  test('that wait for their turn are shared until they are sent', async () => {
    const { sent, ask } = heldGraph(1);
    const other = ask(subscriber('other'), { ...read, variables: { id: '2' } });
    await loopTurns();
    const joined = [ask(subscriber('first'), read)];
    await loopTurns();
    joined.push(ask(subscriber('second'), read));
    sent[0]!.answer('done');
    await other;
    await loopTurns();
    sent[1]!.answer('news');
    await Promise.all(joined);
    expect(sent).toHaveLength(2);
  });

  test.each([
    ['for another customer', subscriber('second', { id: 'bob' }), read],
    ['with other claims', subscriber('second', { name: 'Ada Lovelace' }), read],
    ['with other variables', subscriber('second'), { ...read, variables: { id: '2' } }],
    ['for another selection', subscriber('second'), { ...read, query: '{ order { id } }' }],
  ])('%s are their own', async (_how, asker, asked) => {
    const { sent, ask } = heldGraph();
    const answers = [ask(subscriber('first'), read), ask(asker, asked)];
    await loopTurns();
    expect(sent.map(({ token }) => token)).toEqual(['first', 'second']);
    for (const { answer } of sent) answer('news');
    await Promise.all(answers);
  });

  test('that fail do so for all streams, and are retried', async () => {
    let tries = 0;
    const ask = sharedReads(async () => {
      tries += 1;
      if (tries === 1) throw new Error('away');
      return { data: {} };
    }, pLimit(1));
    const outcomes = await Promise.allSettled([ask(subscriber('first'), read), ask(subscriber('second'), read)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask(subscriber('first'), read)).toEqual({ data: {} });
  });
});
