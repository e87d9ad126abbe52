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
  /** The numbers of the acts in the audit log that began and lifted it. */
  readonly frozenAct: bigint | null;
  readonly liftedAct: bigint | null;
}

const table = 'billing.freezes';

/** Checks a freeze against its hashes and the owner of its account. */
export function checkFreeze(freeze: Freeze): Finding[] {
  const { id, accountId, customerId, ownerId, hash, liftedAt, frozenAct, liftedAct } = freeze;
  return compare(table, id, {
    'act in the audit log': ['one', frozenAct === null ? 'none' : 'one'],
    'act of the lifting': [liftedAt === null ? 'none' : 'one', liftedAct === null ? 'none' : 'one'],
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
