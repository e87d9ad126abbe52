/** Verification of webhooks: of requests that the service sends to a receiver (Standard Webhooks). */
import type { WebhookEvent } from './webhook-events.generated.ts';

export type * from './webhook-events.generated.ts';

/** A request as a receiver gets it. */
export interface WebhookRequest {
  /** The secret of the webhook, such as `whsec_…`. While it is rotated, the old one and the new one. */
  readonly secret: string | readonly string[];
  /** `request.headers` of Node, or of a `Request`. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body as it came: a body that was parsed and written again can differ. */
  readonly body: string | Uint8Array;
}

/** An event whose signature is valid. */
export interface VerifiedWebhook {
  /** The id of the event. It is the same when the event is sent again: store it, and ignore an id that you know. */
  readonly id: string;
  readonly event: WebhookEvent;
}

/** The request is not from the service, or is too old. Answer 400. */
export class InvalidWebhook extends Error {
  override readonly name = 'InvalidWebhook';
}

/** How far the time of a request may be from this machine's clock: Standard Webhooks recommends five minutes. */
const toleranceS = 300;
/** The service sends one or two. */
const mostSignatures = 10;
const prefix = 'whsec_';

/**
 * Verifies the signature and the time of a request, and reads its event.
 *
 * @throws InvalidWebhook; TypeError if a secret is malformed.
 */
export async function verifyWebhook({ secret, headers, body }: WebhookRequest): Promise<VerifiedWebhook> {
  const keys = await Promise.all([secret].flat().map(keyOf));
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    headerOf(headers, name),
  ) as [string, string, string];
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1_000 - Number(timestamp)) > toleranceS)
    throw new InvalidWebhook('The time of the request is too far from the present time.');
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signed = joined(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  if (!(await isSigned(keys, signatures, signed))) throw new InvalidWebhook('The signature is not valid.');
  return { id, event: eventIn(bytes) };
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = secret.startsWith(prefix) ? bytesOf(secret.slice(prefix.length)) : null;
  if (bytes === null || bytes.length === 0) throw new TypeError(`A secret of a webhook begins with ${prefix}.`);
  return await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

/** @throws InvalidWebhook */
function headerOf(headers: WebhookRequest['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : Object.entries(headers).find(isNamed)?.[1];
  if (typeof value !== 'string') throw new InvalidWebhook(`The header ${name} is missing.`);
  return value;

  function isNamed([key]: [string, unknown]): boolean {
    return key.toLowerCase() === name;
  }
}

/** Compares in constant time. */
async function isSigned(keys: readonly CryptoKey[], signatures: string, signed: Uint8Array<ArrayBuffer>) {
  for (const signature of signatures.split(' ', mostSignatures)) {
    const bytes = signature.startsWith('v1,') ? bytesOf(signature.slice('v1,'.length)) : null;
    if (bytes === null) continue;
    for (const key of keys) if (await crypto.subtle.verify('HMAC', key, bytes, signed)) return true;
  }
  return false;
}

/** @throws InvalidWebhook */
function eventIn(bytes: Uint8Array): WebhookEvent {
  let event: unknown;
  try {
    event = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    event = null;
  }
  if (typeof event !== 'object' || event === null || !('type' in event))
    throw new InvalidWebhook('The body has no event.');
  return event as WebhookEvent;
}

/** @returns null for a text that is not base64. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
