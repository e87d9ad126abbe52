import { webhookEventTypes } from '../../graph/enumerations.generated.ts';
import type { WebhookEventType, WebhookFault, WebhookPartsFragment } from '../../graph/operations.generated.ts';

/** What the console calls the parts of webhooks. */

const eventWords: Readonly<Record<WebhookEventType, string>> = {
  ORDER_PAID: 'An order was paid',
  ORDER_REJECTED: 'An order was rejected',
  ORDER_CANCELLED: 'An order was cancelled',
  ORDER_REFUNDED: 'An order was refunded',
  TRANSFER_RECEIVED: 'Another customer sent you money',
  TRANSFER_SENT: 'You sent money to another customer',
};

/** As requests name the type, such as `order.paid`. */
const requestName = (type: WebhookEventType) => type.toLowerCase().replace('_', '.');

export const eventChoices = webhookEventTypes.map((id) => ({ id, label: eventWords[id], detail: requestName(id) }));

export const eventNames = (types: readonly WebhookEventType[]): string => types.map(requestName).join(', ');

export const faultWords: Readonly<Record<WebhookFault, string>> = {
  ADDRESS_NOT_ALLOWED: 'The host has an address that may not be called.',
  NAME_NOT_FOUND: "The host's name has no address.",
  CONNECTION_FAILED: 'The connection was refused or broke off.',
  TLS_FAILED: 'The certificate of the host is not valid.',
  TIMED_OUT: 'There was no answer in time.',
  INVALID_ANSWER: 'The answer was not HTTP.',
};

/** The description, or the host: a URL can be long. */
export function nameOf({ description, url }: Pick<WebhookPartsFragment, 'description' | 'url'>): string {
  return description === '' ? new URL(url).host : description;
}
