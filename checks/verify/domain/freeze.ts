import { type FreezeContent, freezeHash, liftHash } from '#billing/domain/row-hashes.ts';
import { compare, type Finding } from '../finding.ts';

/** A freeze, with the owner of its account. */
export interface Freeze extends FreezeContent {
  readonly hash: Buffer;
  readonly liftedBy: string | null;
  readonly liftedAt: Date | null;
  readonly liftReason: string | null;
  readonly liftHash: Buffer | null;
  readonly ownerId: string | null;
  /** The actors of the acts in the audit log that began and lifted it. */
  readonly frozenActors: string | null;
  readonly liftedActors: string | null;
}

/** The actor of an act that an operator did with the command on the machine. */
export const theCommand = 'the command';

const table = 'billing.freezes';

/** Checks a freeze against its hashes and the owner of its account. */
export function checkFreeze(freeze: Freeze): Finding[] {
  const { id, accountId, customerId, ownerId, hash, frozenBy, liftedAt, liftedBy, frozenActors, liftedActors } = freeze;
  return compare(table, id, {
    'actor in the audit log': [frozenBy ?? theCommand, frozenActors],
    'actor of the lifting': [liftedAt === null ? null : (liftedBy ?? theCommand), liftedActors],
    hash: [freezeHash(freeze), hash],
    ...(accountId === null ? {} : { customer: [ownerId, customerId] }),
    'hash of the lifting': [expectedLiftHash(freeze), freeze.liftHash],
  });
}

/** An open freeze has no such hash. A freeze that is lifted only in part cannot have the right one. */
function expectedLiftHash({ hash, liftedBy, liftedAt, liftReason }: Freeze): Buffer | null {
  if (liftedBy === null && liftedAt === null && liftReason === null) return null;
  if (liftedAt === null || liftReason === null) return Buffer.alloc(0);
  return liftHash(hash, { liftedBy, liftedAt, liftReason });
}
