import { expect, test } from '@jest/globals';
import { createHub } from '../live/hub.ts';
import { Decisions, type OrderWait } from './decisions.ts';

const order = { id: 'order', status: 'PENDING' };
const sources = {
  hub: createHub(3_600_000),
  readGraph: async () => ({ data: { order } }),
  retryMs: 1_000,
};

const viewer = { id: 'ada', email: 'ada@example.com', name: 'Ada', sessionId: 'session', roles: [] };
const ada = { token: 'valid', authorization: 'Bearer a', viewer, expiresAt: new Date('2100-01-01') } as const;

const waitOf = (gone: AbortSignal, withinS = 20): OrderWait => ({ subscriber: ada, order, withinS, gone });
const present = new AbortController().signal;

test('a request that begins to wait after the stop does not wait', async () => {
  const decisions = new Decisions(sources, 1);
  const waiting = decisions.wait(waitOf(present));
  decisions.stop();

  expect(await waiting).toEqual(order);
  expect(await decisions.wait(waitOf(present))).toBeNull();
});

test('a client that has disconnected already holds no wait', async () => {
  const decisions = new Decisions(sources, 1);

  expect(await decisions.wait(waitOf(AbortSignal.abort()))).toBeNull();
  expect(await decisions.wait(waitOf(present, 0))).toEqual(order);
});

test('the waits of all API clients of a customer are counted together, and apart from those of the customer', async () => {
  const decisions = new Decisions(sources, 1);
  const ofClient = (id: string): OrderWait => ({
    ...waitOf(present),
    subscriber: { ...ada, viewer: { ...viewer, client: { id, scopes: [] } } },
  });
  const waits = [decisions.wait(ofClient('client')), decisions.wait(waitOf(present))];

  expect(await decisions.wait(ofClient('other'))).toBeNull();
  decisions.stop();
  expect(await Promise.all(waits)).toEqual([order, order]);
});
