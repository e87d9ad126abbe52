import { z } from 'zod';
import { outcomes, rejectionReasons } from '#platform/orders/lifecycle.ts';
import { currency, emailText, minor, nameText, outboxId, productIdText, signatures, time } from './contract.ts';

const example = {
  outboxId: '17',
  orderId: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1',
  customerId: '01a1fd28-33e3-71d0-97d5-49badbf8fee4',
  email: 'ada@example.com',
  name: 'Ada',
  productId: 'book',
  quantity: 2,
  currency: 'USD',
  totalMinor: '12050',
} as const;

export const orderItem = z
  .object({
    outboxId,
    signatures,
    orderId: z.uuid(),
    customerId: z.uuid(),
    email: emailText.nullable().describe('Null where staff requested a refund: notification knows the customer.'),
    name: nameText.nullable(),
    productId: productIdText,
    quantity: z.int().positive(),
    currency,
    totalMinor: minor,
    consentId: z.uuid().nullish().describe('The consent for an order that a shop placed, as are the fields below.'),
    shopId: z.uuid().nullish(),
    shopOwnerId: z.uuid().nullish().describe('The owner of the shop, who gets events of webhooks.'),
    shopName: nameText.nullish(),
    refundId: z.uuid().optional().describe('Only of a refund. Absent in rows of a release that refunded whole orders.'),
    refundMinor: minor.optional().describe('The amount of the refund, if it has an id.'),
  })
  .meta({
    title: 'OrderItem',
    description:
      'An order that was placed, or is to be cancelled or refunded, with the fields that billing and notification need.',
    examples: [example],
  });

/** It omits the signatures of the row, because the worker signs the whole job. */
export const decidedOrderItem = orderItem
  .omit({ signatures: true })
  .extend({
    outcome: z.enum(outcomes),
    rejectionReason: z.enum(rejectionReasons).nullable(),
    settledAt: time,
    refundNumber: z
      .int()
      .positive()
      .optional()
      .describe('The position of the refund among those of the order that were made, from 1.'),
    isHeld: z
      .boolean()
      .default(false)
      .describe('For a refund: the account is closed, so the service holds the money for the customer.'),
    failure: z
      .string()
      .nullable()
      .default(null)
      .describe('Why billing could not process the order; null if it did. The outbox row stores this reason.'),
  })
  .meta({
    title: 'DecidedOrderItem',
    description: 'An order, or a refund of it, with the decision of billing.',
    examples: [{ ...example, outcome: 'PAID', rejectionReason: null, settledAt: '2026-01-02T03:04:05.678Z' }],
  });

export type OrderItem = z.infer<typeof orderItem>;
export type DecidedOrderItem = z.infer<typeof decidedOrderItem>;
