import type { ProposeCorrectionRequest } from '#billing/services/propose-correction.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { newKey, usd } from './factories.ts';
import type { TestLedger } from './ledger.ts';

/** @returns a request for a credit of the customer's dollar account, with the `changes`. */
export async function correctionRequest(
  ledger: TestLedger,
  customer: Viewer,
  amount: string,
  changes: Partial<ProposeCorrectionRequest> = {},
): Promise<ProposeCorrectionRequest> {
  const { id: accountId } = await ledger.account(customer, 'USD');
  const content = { direction: 'CREDIT', reference: 'Case 12', reason: 'the deposit was counted twice' } as const;
  return { ...content, accountId, amount: usd(amount), idempotencyKey: newKey(), ...changes };
}
