import { type Identity, viewerOf } from './identity.ts';
import { notPermitted, type PermitContext, requirePermit } from './permit.ts';

/** A customer whose data a staff member reads. Each subgraph checks the permit before it reads anything. */
export interface CustomerRecordReference {
  readonly id: string;
  readonly permit: string;
}

/**
 * Returns the reference, if its permit is for this customer.
 *
 * @throws FORBIDDEN
 */
export async function permittedRecord(
  { id, permit }: { readonly id: string; readonly permit?: unknown },
  context: PermitContext,
): Promise<CustomerRecordReference> {
  if (typeof permit !== 'string') throw notPermitted();
  await requirePermit(context, permit, `customer:${id}`);
  return { id, permit };
}

/** Whether a staff member sees email addresses, and the names and texts of other people, masked. */
export function seesMasked(identity: Identity): boolean {
  return !viewerOf(identity).roles.some((role) => role === 'OPERATOR' || role === 'AUDITOR');
}
