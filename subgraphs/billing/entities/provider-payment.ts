import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { Currency } from '#platform/money/currency.ts';

export const providerPaymentStates = ['PENDING', 'COMPLETED', 'FAILED'] as const;
export type ProviderPaymentState = (typeof providerPaymentStates)[number];

/** A deposit through the payment provider. Its id is the reference that the provider gets, and the transaction's id. */
export const ProviderPayment = defineEntity({
  name: 'ProviderPayment',
  tableName: 'provider_payments',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    accountId: p.uuid(),
    amountMinor: p.bigint('bigint'),
    currency: p.text().$type<Currency>(),
    state: p.text().$type<ProviderPaymentState>().default('PENDING'),
    requestedAt: p.datetime(3).defaultRaw('now()'),
    /** When the provider was last asked about it, or, before that, when it was requested. */
    askedAt: p.datetime(3).defaultRaw('now()'),
    /** The provider's id; null until the provider has answered. */
    providerId: p.text().nullable(),
    /** Where the customer pays. */
    payUrl: p.text().nullable(),
    endedAt: p.datetime(3).nullable(),
    failure: p.text().nullable(),
    /** Why a report of the provider was not applied, for operators. */
    problem: p.text().nullable(),
  },
});

export type ProviderPaymentRow = InferEntity<typeof ProviderPayment>;
