import { refuse, type Refusal } from '../errors/refusal.ts';
import type { Actor } from './record-act.ts';
import { staffIdOf } from './acting.ts';

/**
 * Refuses an act of a staff member on an account or an order of their own. The command on the machine has no customer
 * id, so it is never refused.
 *
 * @param customerId of the customer whom the act concerns; undefined where there is none.
 * @param field of the input that names the target.
 */
export function refusedOwnAccount(
  actor: Actor,
  customerId: string | undefined,
  field: readonly string[],
): Refusal<'OWN_ACCOUNT'> | null {
  const staffId = staffIdOf(actor)?.toLowerCase();
  if (staffId === undefined || customerId?.toLowerCase() !== staffId) return null;
  return refuse('OWN_ACCOUNT', 'This is your own. Another operator must act for you.', field);
}
