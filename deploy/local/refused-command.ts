import type { Acting } from '#platform/audit/acting.ts';
import { recordAct } from '#platform/audit/record-act.ts';

/** An act of the command that was refused. */
export interface RefusedCommand {
  readonly command: 'grant' | 'revoke' | 'freeze' | 'unfreeze';
  readonly code: string;
  /** The customer whom the refusal is about; null if there is none. */
  readonly customerId: string | null;
  readonly reason: string;
}

/**
 * Writes a refused act to the audit log, as the mutations of staff do: a refusal shows whether an address is registered,
 * or a fact about its customer. The log is never erased, so it does not contain the address.
 */
export async function recordRefusal({ em, actor, caller }: Acting, refused: RefusedCommand): Promise<void> {
  const { command, code, customerId, reason } = refused;
  const after = { command: `operators ${command}`, refused: code };
  await em.transactional(async (transaction) => {
    await recordAct(transaction, { actor, act: 'WAS_REFUSED', customerId, after, reason, caller });
  });
}
