import type { LockedAccount } from './ledger.ts';
import { checkRoom } from './own-account.ts';

export const paymentStates = ['PENDING', 'COMPLETED', 'FAILED'] as const;
type PaymentState = (typeof paymentStates)[number];

/** A payment as the wallet has it. */
export interface KnownPayment {
  readonly state: PaymentState;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly providerId?: string | null | undefined;
}

/** A payment as the provider reports it. */
export interface ReportedPayment {
  readonly providerId: string;
  readonly state: PaymentState;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly failure: string | null;
}

export type ReportDecision =
  | { readonly kind: 'nothing' | 'complete' }
  | { readonly kind: 'fail'; readonly failure: string }
  | { readonly kind: 'problem'; readonly problem: ReportProblem };

/** Why a report is not applied. Operators see it at the payment. */
export type ReportProblem = 'AMOUNT_DIFFERS' | 'PAYMENT_DIFFERS' | 'ENDED_OTHERWISE' | 'ACCOUNT_CANNOT_RECEIVE';

/**
 * What a report leads to. A payment ends once: a later report that says otherwise moves no money. An account that cannot
 * receive now, because it is frozen or full, gets the money when the provider is asked again.
 */
export function decideReport(payment: KnownPayment, account: LockedAccount, report: ReportedPayment): ReportDecision {
  if (payment.providerId != null && payment.providerId !== report.providerId) return problem('PAYMENT_DIFFERS');
  if (payment.amountMinor !== report.amountMinor || payment.currency !== report.currency) {
    return problem('AMOUNT_DIFFERS');
  }
  if (report.state === 'PENDING' || report.state === payment.state) return { kind: 'nothing' };
  if (payment.state !== 'PENDING') return problem('ENDED_OTHERWISE');
  if (report.state === 'FAILED') return { kind: 'fail', failure: report.failure ?? 'FAILED' };
  const receives = account.status === 'OPEN' && !account.frozen && checkRoom(account, report.amountMinor) === null;
  return receives ? { kind: 'complete' } : problem('ACCOUNT_CANNOT_RECEIVE');
}

const problem = (name: ReportProblem): ReportDecision => ({ kind: 'problem', problem: name });
