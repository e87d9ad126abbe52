import { z } from 'zod';
import { currencies } from '#platform/money/currency.ts';

/**
 * What webhooks report. The GraphQL enum, the AsyncAPI document and docs/webhooks.md are compared with this list. A new
 * version of a payload gets a new `version`; fields are only added to one.
 */

const id = z.uuid();
const money = z
  .object({ amount: z.string().describe('A decimal number, such as 12.50.'), currency: z.enum(currencies) })
  .meta({ title: 'WebhookMoney' });

const order = z.object({
  orderId: id,
  productId: z.string(),
  quantity: z.int().positive(),
  total: money,
  consentId: id.optional().describe('The consent of the customer, if a shop placed the order.'),
});
const transfer = z.object({
  transactionId: id,
  received: money.describe('What the receiver got, in the currency of the receiver’s account.'),
});

const exampleId = '01a1fd28-33e3-77d6-b8e9-6b3de16893b1';
const exampleOrder = {
  orderId: exampleId,
  productId: 'coffee',
  quantity: 3,
  total: { amount: '37.50', currency: 'USD' },
} as const;
const exampleTransfer = { transactionId: exampleId, received: { amount: '12.50', currency: 'USD' } } as const;

/** Each type of event: when it happens, the schema of its `data`, and an example. */
export const webhookEvents = {
  'order.paid': { about: 'An order was paid.', data: order, example: exampleOrder },
  'order.rejected': {
    about: 'An order was rejected. Nothing was debited.',
    data: order.extend({
      rejectionReason: z
        .string()
        .describe('An OrderRejectionReason of the GraphQL schema; for the owner of a shop, a ShopRejectionReason.'),
    }),
    example: { ...exampleOrder, rejectionReason: 'INSUFFICIENT_FUNDS' },
  },
  'order.cancelled': {
    about: 'An order was cancelled before it was paid. Nothing was debited.',
    data: order,
    example: exampleOrder,
  },
  'order.refunded': {
    about: 'An order was refunded, in whole or in part.',
    data: order.extend({
      refund: money.describe('The amount of this refund.'),
      isPartial: z.boolean().describe('Whether a part of the total is not refunded yet.'),
      isHeld: z
        .boolean()
        .optional()
        .describe('Whether the account is closed and the service holds the money. Absent for the owner of a shop.'),
    }),
    example: { ...exampleOrder, refund: { amount: '12.50', currency: 'USD' }, isPartial: true, isHeld: false },
  },
  'transfer.received': { about: 'Another customer sent money.', data: transfer, example: exampleTransfer },
  'transfer.sent': { about: 'The customer sent money to another customer.', data: transfer, example: exampleTransfer },
} as const satisfies Readonly<Record<string, { about: string; data: z.ZodType; example: object }>>;

export type WebhookEventName = keyof typeof webhookEvents;

/** The event that `sendTestWebhook` sends. No endpoint subscribes to it. */
export const testEvent = 'webhook.test';

/** Everything that is sent. */
export const sentEvents = {
  ...webhookEvents,
  [testEvent]: {
    about: 'The customer asked for a test event. No webhook can subscribe to it.',
    data: z.object({ endpointId: id }),
    example: { endpointId: exampleId },
  },
} as const;

/** The types, as the GraphQL schema names them. */
export type WebhookEventType = EnumName<WebhookEventName>;
type EnumName<Name extends string> = Name extends `${infer Subject}.${infer Verb}`
  ? `${Uppercase<Subject>}_${Uppercase<Verb>}`
  : never;

const enumName = <Name extends string>(name: Name) => name.replace('.', '_').toUpperCase() as EnumName<Name>;

export const webhookEventNames = Object.keys(webhookEvents) as WebhookEventName[];
export const webhookEventTypes = webhookEventNames.map(enumName);

/** The name of a type in requests, such as `order.paid`. */
export const nameOfType = new Map(webhookEventNames.map((name) => [enumName(name), name]));
export const typeOfName = (name: string) => enumName(name as WebhookEventName);

/** The version of all payloads. */
export const webhookVersion = 1;

/** The body of a request: Standard Webhooks, with what this product adds. */
export interface WebhookBody {
  readonly type: string;
  /** When the event was recorded, in RFC 3339. */
  readonly timestamp: string;
  readonly version: number;
  /** The position of the event among those of the same order or transfer, from 1. */
  readonly sequence: number;
  readonly data: unknown;
}
