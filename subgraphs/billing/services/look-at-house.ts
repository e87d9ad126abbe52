import type { Acting } from '#platform/audit/acting.ts';
import { recordLook } from '#platform/audit/record-look.ts';
import type { Connection } from '#platform/graphql/paging.ts';
import type { CorrectionView } from './corrections.ts';
import { type HouseAccountRow, houseAccounts } from './house-accounts.ts';
import { type TrialBalanceDay, trialBalance } from './trial-balance.ts';
import { type CorrectionListRequest, listCorrections } from './list-corrections.ts';

/** What staff read of all customers and of the house. Each look is an entry of the audit log. */

interface Explained {
  readonly reason: string;
}

/** Null, or absent, for all of them. */
type HouseAccountFilter = { readonly [Name in 'kind' | 'currency']?: HouseAccountRow[Name] | null | undefined };

/**
 * A page of all customers' corrections, for staff.
 *
 * @throws BAD_USER_INPUT
 */
export async function lookAtCorrections(
  acting: Acting,
  { reason, ...request }: CorrectionListRequest & Explained,
): Promise<Connection<CorrectionView>> {
  return await recordLook(acting, reason, async (em) => ({
    found: await listCorrections(em, request),
    looked: { act: 'LOOKED_AT_CORRECTIONS', customerId: null, after: { state: request.state ?? 'all' } },
  }));
}

/**
 * The ledger's own accounts, for staff. The pages of their entries belong to this look.
 *
 * @throws BAD_USER_INPUT
 */
export async function lookAtHouseAccounts(
  acting: Acting,
  { reason, kind = null, currency = null }: HouseAccountFilter & Explained,
): Promise<HouseAccountRow[]> {
  return await recordLook(acting, reason, async (em) => ({
    found: (await houseAccounts(em)).filter(
      (account) => (kind ?? account.kind) === account.kind && (currency ?? account.currency) === account.currency,
    ),
    looked: {
      act: 'LOOKED_AT_HOUSE_ACCOUNTS',
      customerId: null,
      after: { kind: kind ?? 'all', currency: currency ?? 'all' },
    },
  }));
}

/**
 * The trial balance of the day that contains a time, for staff.
 *
 * @throws BAD_USER_INPUT
 */
export async function lookAtTrialBalance(
  acting: Acting,
  { reason, day }: Explained & { readonly day: Date },
): Promise<TrialBalanceDay> {
  return await recordLook(acting, reason, async (em) => {
    const found = await trialBalance(em, day);
    const looked = { day: found.from.toISOString().slice(0, 10) };
    return { found, looked: { act: 'LOOKED_AT_HOUSE_ACCOUNTS', customerId: null, after: looked } };
  });
}
