import { z } from 'zod';
import { currency, emailText, minor, nameText, outboxId, productIdText, signatures, time } from './contract.ts';

export const orderItem = z
  .object({
    outboxId,
    signatures,
    orderId: z.uuid(),
    customerId: z.uuid(),
    email: emailText,
    name: nameText,
    productId: productIdText,
    quantity: z.int().positive(),
    currency,
    totalMinor: minor,
  })
  .meta({
    title: 'OrderItem',
    description: 'An order on its way, or its refund: what billing and notification need to know of it.',
  });

/** It is vouched for by the job, not as a row any more. */
export const decidedOrderItem = orderItem
  .omit({ signatures: true })
  .extend({
    outcome: z.enum(['PAID', 'REJECTED', 'REFUNDED', 'REFUND_REFUSED']),
    rejectionReason: z.enum(['INSUFFICIENT_FUNDS', 'ACCOUNT_CLOSED', 'NOT_PROCESSED']).nullable(),
    settledAt: time,
    isHeld: z
      .boolean()
      .default(false)
      .describe('Of a refund: the account is closed, so that the money is held for the customer.'),
    failure: z
      .string()
      .nullable()
      .default(null)
      .describe(
        'Why it could not be processed, where it could not: what its row in the outbox is marked with in the end.',
      ),
  })
  .meta({ title: 'DecidedOrderItem', description: 'An order, or its refund, that billing has decided.' });

export type OrderItem = z.infer<typeof orderItem>;
export type DecidedOrderItem = z.infer<typeof decidedOrderItem>;
