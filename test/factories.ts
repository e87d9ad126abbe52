import { randomUUID } from 'node:crypto';
import type { Currency } from '#platform/money/currency.ts';
import type { Caller } from '#platform/http/callers.ts';
import type { BaseContext } from '#platform/graphql/subgraph.ts';
import type { ApiClient, Viewer } from '#platform/identity/identity.ts';
import { createLog } from '#platform/telemetry/log.ts';

/** @returns a new customer, unique to the calling test. */
export function someone(name = 'Ada'): Viewer {
  const id = randomUUID();
  return { id, name, email: `${name.toLowerCase()}.${id}@example.com`, sessionId: randomUUID(), roles: [] };
}

/** @returns a new shop: a customer's API client. */
export function someShop(): Viewer & { readonly client: ApiClient } {
  return { ...someone('Shopkeeper'), sessionId: '', client: { id: randomUUID(), scopes: ['shop:orders'] } };
}

/** @returns the context of a request with this customer's valid token. */
export function requestOf(viewer: Viewer): BaseContext {
  return {
    caller: callerFrom(),
    isConfirmed: async () => true,
    subjectOfPermit: async () => null,
    identity: { token: 'valid', viewer, authorization: 'Bearer test', expiresAt: new Date(Date.now() + 600_000) },
    log: createLog('test', 'silent'),
  };
}

/** @returns a caller at this IP address who never aborts. */
export function callerFrom(sender = '192.0.2.1', signal = new AbortController().signal): Caller {
  return { sender, device: 'Firefox on Linux', signal };
}

/** @returns a money input in US dollars. */
export function usd(amount: string) {
  return money(amount, 'USD');
}

export function money(amount: string, currency: Currency) {
  const [whole, fraction = ''] = amount.split('.');
  return { amount: { unscaled: BigInt(`${whole}${fraction}`), scale: fraction.length }, currency };
}

/** An idempotency key that was never used. */
export const newKey = () => randomUUID();
