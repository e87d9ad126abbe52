import type { Currency } from '#platform/money/currency.ts';
import type { Movement, Party, Posting, SystemAccount, TransactionKind } from './ledger.ts';

/** The opening deposit to the USD account of every new customer: 100.00. */
export const openingDepositMinor = 10_000n;

export function openingDeposit(id: string, to: Party): Movement {
  return inward(id, 'OPENING_DEPOSIT', `opening:${to.id}`, 'CASH', to, openingDepositMinor, null);
}

export function deposit(id: string, to: Party, amountMinor: bigint): Movement {
  return inward(id, 'DEPOSIT', `deposit:${id}`, 'CASH', to, amountMinor, null);
}

export function withdrawal(id: string, from: Party, amountMinor: bigint): Movement {
  return outward(id, 'WITHDRAWAL', `withdrawal:${id}`, 'CASH', from, amountMinor, null);
}

export function orderPayment(id: string, from: Party, amountMinor: bigint, orderId: string): Movement {
  return outward(id, 'ORDER_PAYMENT', paymentReference(orderId), 'SALES', from, amountMinor, orderId);
}

/** @param refundId null for a refund of a release that refunded only whole orders. */
export function orderRefund(
  id: string,
  to: Party,
  amountMinor: bigint,
  { orderId, refundId }: { readonly orderId: string; readonly refundId: string | null },
): Movement {
  return inward(id, 'REFUND', `refund:${refundId ?? orderId}`, 'SALES', to, amountMinor, orderId);
}

/** A refund for a closed account: the money leaves the sales, and is owed to the customer. */
export function heldRefund(...[id, to, amountMinor, refund]: Parameters<typeof orderRefund>): Movement {
  const { currency } = to;
  return {
    ...orderRefund(id, to, amountMinor, refund),
    kind: 'REFUND_HELD',
    postings: [
      { system: 'SALES', currency, amountMinor: -amountMinor },
      { system: 'PAYABLE', currency, amountMinor },
    ],
  };
}

/**
 * A correction of a customer's balance, against the account of adjustments.
 *
 * @param correction its id, its amount (positive where the account is credited), and what the customer reads.
 */
export function correction(
  id: string,
  party: Party,
  correction: { readonly id: string; readonly amountMinor: bigint; readonly reference: string | null },
): Movement {
  const { amountMinor } = correction;
  const reference = `correction:${correction.id}`;
  const movement =
    amountMinor > 0n
      ? inward(id, 'CORRECTION', reference, 'ADJUSTMENTS', party, amountMinor, null)
      : outward(id, 'CORRECTION', reference, 'ADJUSTMENTS', party, -amountMinor, null);
  return { ...movement, description: correction.reference };
}

const paymentReference = (orderId: string) => `payment:${orderId}`;

/** The amounts of a transfer, in minor units; `rate` is null within one currency. */
export interface TransferTerms {
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly receivedMinor: bigint;
  readonly rate?: string | null | undefined;
}

/** The remainder of rounding stays on the exchange accounts. */
export function transfer(
  id: string,
  from: Party,
  to: Party,
  terms: TransferTerms,
  description: string | null,
): Movement {
  const { amountMinor, feeMinor, receivedMinor, rate } = terms;
  const fee: Posting[] = feeMinor === 0n ? [] : [{ system: 'FEES', currency: from.currency, amountMinor: feeMinor }];
  const exchange: Posting[] =
    from.currency === to.currency
      ? []
      : [
          { system: 'EXCHANGE', currency: from.currency, amountMinor },
          { system: 'EXCHANGE', currency: to.currency, amountMinor: -receivedMinor },
        ];
  return {
    id,
    kind: 'TRANSFER',
    reference: `transfer:${id}`,
    amountMinor,
    currency: from.currency,
    feeMinor: feeMinor === 0n ? null : feeMinor,
    receivedMinor,
    receivedCurrency: to.currency,
    rate: rate ?? null,
    from,
    to,
    orderId: null,
    description,
    postings: [
      { accountId: from.id, amountMinor: -(amountMinor + feeMinor) },
      ...fee,
      ...exchange,
      { accountId: to.id, amountMinor: receivedMinor },
    ],
  };
}

function inward(
  id: string,
  kind: TransactionKind,
  reference: string,
  system: SystemAccount,
  to: Party,
  amountMinor: bigint,
  orderId: string | null,
): Movement {
  const { currency } = to;
  return {
    ...plain(id, kind, reference, amountMinor, currency, orderId),
    receivedMinor: amountMinor,
    receivedCurrency: currency,
    to,
    postings: [
      { system, currency, amountMinor: -amountMinor },
      { accountId: to.id, amountMinor },
    ],
  };
}

function outward(
  id: string,
  kind: TransactionKind,
  reference: string,
  system: SystemAccount,
  from: Party,
  amountMinor: bigint,
  orderId: string | null,
): Movement {
  const { currency } = from;
  return {
    ...plain(id, kind, reference, amountMinor, currency, orderId),
    from,
    postings: [
      { accountId: from.id, amountMinor: -amountMinor },
      { system, currency, amountMinor },
    ],
  };
}

function plain(
  id: string,
  kind: TransactionKind,
  reference: string,
  amountMinor: bigint,
  currency: Currency,
  orderId: string | null,
) {
  return {
    id,
    kind,
    reference,
    amountMinor,
    currency,
    feeMinor: null,
    receivedMinor: null,
    receivedCurrency: null,
    rate: null,
    from: null,
    to: null,
    orderId,
    description: null,
  };
}
