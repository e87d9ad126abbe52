import { type KeyObject, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { type SecretCipher, secretCipher } from '#platform/identity/secret-cipher.ts';

/** Encrypts the secrets of webhook endpoints. The owner of a secret is the endpoint. */
export type WebhookSecrets = SecretCipher;

/** @param keys the keys of NOTIFICATION_WEBHOOK_KEYS; the first one encrypts. */
export function webhookSecrets(keys: readonly KeyObject[]): WebhookSecrets {
  return secretCipher({ keys, setting: 'NOTIFICATION_WEBHOOK_KEYS', purpose: 'secrets of webhook endpoints' });
}

/** A secret as Standard Webhooks writes it, with 256 random bits. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

interface EndpointSecrets {
  readonly id: string;
  readonly secret: Buffer;
  readonly oldSecret: Buffer | null;
  readonly oldSecretEndsAt: Date | null;
}

interface SignedContent {
  readonly id: string;
  readonly body: string;
  readonly at: Date;
}

/** The headers of a request. While two secrets count, each signs, so that the receiver may have either. */
export function signedHeaders(secrets: WebhookSecrets, endpoint: EndpointSecrets, { id, body, at }: SignedContent) {
  const { oldSecret, oldSecretEndsAt } = endpoint;
  const isOldLive = oldSecret !== null && oldSecretEndsAt !== null && oldSecretEndsAt > at;
  const live = isOldLive ? [endpoint.secret, oldSecret] : [endpoint.secret];
  const signatures = live.map((encrypted) => new Webhook(secrets.decrypt(endpoint.id, encrypted)).sign(id, at, body));
  return {
    'content-type': 'application/json',
    'user-agent': 'wallet-and-orders webhooks',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signatures.join(' '),
  };
}
