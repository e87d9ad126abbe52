import type { Currency } from '#platform/money/currency.ts';

/**
 * What billing needs of a payment provider (docs/extending/provider.md). A connector implements it for one provider.
 * Every function has a time-out, and throws where the provider does not answer: the caller tries again.
 */
export interface PaymentProvider {
  /**
   * Creates a payment, or returns the one that an earlier call with the same reference created.
   *
   * @returns a refusal where another attempt would not help.
   */
  readonly createPayment: (order: PaymentOrder) => Promise<CreatedPayment | PaymentRefused>;
  /** What the provider knows of a payment; null if it knows none with this reference. */
  readonly findPayment: (reference: string) => Promise<PaymentReport | null>;
}

/** Reads what the provider posts to the wallet. */
export interface EventReader {
  /** @throws InvalidEvent if the signature, the time or the form is wrong. */
  readonly read: (event: SignedEvent) => PaymentReport;
}

export interface PaymentOrder {
  /** Our id of the payment: the provider uses it as the idempotency key. */
  readonly reference: string;
  readonly amountMinor: bigint;
  readonly currency: Currency;
}

export interface CreatedPayment {
  readonly providerId: string;
  /** Where the customer pays. */
  readonly payUrl: string;
}

export interface PaymentRefused {
  readonly refusedBecause: string;
}

/** What the provider says of a payment, in an event or in an answer. */
export interface PaymentReport {
  readonly reference: string;
  readonly providerId: string;
  readonly state: 'PENDING' | 'COMPLETED' | 'FAILED';
  readonly amountMinor: bigint;
  readonly currency: Currency;
  /** Why it failed. */
  readonly failure: string | null;
}

/** An event with the headers of Standard Webhooks. */
export interface SignedEvent {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
}
