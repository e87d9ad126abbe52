import type { Currency } from '#platform/money/currency.ts';
import { displayMoney, type MoneyInput, parseAmount } from '#platform/money/money.ts';
import { isRefusal, refuse, type Refusal, together } from '#platform/errors/refusal.ts';
import type { RejectionReason } from '#platform/orders/lifecycle.ts';

/** The decisions about consents: their limits, their state, and what a shop may debit. */

export const shopConsentStates = ['ACTIVE', 'EXPIRED', 'WITHDRAWN'] as const;
export type ShopConsentState = (typeof shopConsentStates)[number];

/** When a consent ends; null or absent where it does not. */
export interface ConsentTimes {
  readonly expiresAt?: Date | null | undefined;
  readonly withdrawnAt?: Date | null | undefined;
}

export function consentState({ expiresAt, withdrawnAt }: ConsentTimes, now: Date): ShopConsentState {
  if (withdrawnAt != null) return 'WITHDRAWN';
  return expiresAt != null && expiresAt <= now ? 'EXPIRED' : 'ACTIVE';
}

/** The calendar month of a time in UTC, such as 202612. */
export function monthOf(time: Date): number {
  return time.getUTCFullYear() * 100 + time.getUTCMonth() + 1;
}

export interface ConsentLimits {
  readonly currency: Currency;
  readonly orderLimitMinor: bigint;
  readonly monthLimitMinor: bigint;
}

/** The limits of a new consent. One refusal names all faults. */
export function limitsOf(
  order: MoneyInput,
  month: MoneyInput,
): ConsentLimits | Refusal<'INVALID_AMOUNT' | 'CURRENCY_MISMATCH'> {
  const monthField = ['input', 'monthLimit'];
  const [orderLimit, monthLimit] = [parseAmount(order, ['input', 'orderLimit']), parseAmount(month, monthField)];
  if (isRefusal(orderLimit) || isRefusal(monthLimit)) {
    return together([orderLimit, monthLimit].map((limit) => (isRefusal(limit) ? limit : null)))!;
  }
  const { currency, minor: orderLimitMinor } = orderLimit;
  if (monthLimit.currency !== currency) {
    return refuse('CURRENCY_MISMATCH', 'Both limits must be in the same currency.', monthField);
  }
  if (monthLimit.minor < orderLimitMinor) {
    const least = displayMoney(orderLimit);
    return refuse('INVALID_AMOUNT', `The limit per month must be at least the limit per order, ${least}.`, monthField);
  }
  return { currency, orderLimitMinor, monthLimitMinor: monthLimit.minor };
}

const longestLifeDays = 3_650;

export function refusedLife(days: number | null): Refusal<'INVALID_TIME'> | null {
  if (days === null || (days >= 1 && days <= longestLifeDays)) return null;
  return refuse('INVALID_TIME', `Choose 1 to ${longestLifeDays} days.`, ['input', 'expiresInDays']);
}

/** The order of a shop, and the consent that it names. */
export interface ShopDue {
  readonly orderId: string;
  readonly customerId: string;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  /** Absent, as is `shopId`, for an order that its customer placed. */
  readonly consentId?: string | null | undefined;
  readonly shopId?: string | null | undefined;
}

/** A consent, as a payment needs it. */
export interface KnownConsent extends ConsentLimits, ConsentTimes {
  readonly id: string;
  readonly customerId: string;
  readonly shopId: string;
}

/** What shops have debited with a consent in a month. */
export interface ShopSpending {
  readonly consentId: string;
  readonly month: number;
  readonly spentMinor: bigint;
}

/** The payment of a shop's order, ready to insert. */
export interface NewShopPayment {
  readonly orderId: string;
  readonly consentId: string;
  readonly month: number;
  readonly amountMinor: bigint;
}

/** The consents of a batch of orders, read while the accounts are locked. Each payment counts for the orders after it. */
export class ConsentBook {
  readonly #consents: ReadonlyMap<string, KnownConsent>;
  readonly #spent: Map<string, bigint>;
  readonly payments: NewShopPayment[] = [];

  constructor(consents: readonly KnownConsent[] = [], spendings: readonly ShopSpending[] = []) {
    this.#consents = new Map(consents.map((consent) => [consent.id, consent]));
    this.#spent = new Map(spendings.map((spending) => [keyOf(spending), spending.spentMinor]));
  }

  /** Why the shop may not debit this now; null if it may, or if the customer placed the order. */
  refusalOf(due: ShopDue, at: Date): RejectionReason | null {
    const { consentId, shopId, totalMinor } = due;
    if (consentId == null && shopId == null) return null;
    const consent = this.#consents.get(consentId ?? '');
    if (consent === undefined || !isOf(consent, due)) return 'CONSENT_MISSING';
    const state = consentState(consent, at);
    if (state !== 'ACTIVE') return state === 'EXPIRED' ? 'CONSENT_EXPIRED' : 'CONSENT_WITHDRAWN';
    if (totalMinor > consent.orderLimitMinor) return 'ORDER_LIMIT_EXCEEDED';
    const spentMinor = this.#spent.get(keyOf({ consentId: consent.id, month: monthOf(at) })) ?? 0n;
    return spentMinor + totalMinor > consent.monthLimitMinor ? 'MONTH_LIMIT_EXCEEDED' : null;
  }

  /** Counts a payment. An order that its customer placed counts nothing. */
  count({ orderId, consentId, totalMinor: amountMinor }: ShopDue, at: Date): void {
    if (consentId == null) return;
    const payment = { orderId, consentId, month: monthOf(at), amountMinor };
    this.#spent.set(keyOf(payment), (this.#spent.get(keyOf(payment)) ?? 0n) + amountMinor);
    this.payments.push(payment);
  }
}

const keyOf = ({ consentId, month }: Pick<ShopSpending, 'consentId' | 'month'>) => `${consentId} ${month}`;

const isOf = (consent: KnownConsent, due: ShopDue) =>
  consent.customerId === due.customerId && consent.shopId === due.shopId && consent.currency === due.currency;
