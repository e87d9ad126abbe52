import { type CorrectionContent, correctionHash, decisionHash } from '#billing/domain/row-hashes.ts';
import { compare, type Finding } from '../finding.ts';

/** A correction, with the transaction that it names and the numbers of its acts in the audit log. */
export interface Correction extends CorrectionContent {
  readonly hash: Buffer;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  readonly decisionHash: Buffer | null;
  /** Of the account, in the named transaction: positive where it is credited. Null where there is none. */
  readonly movedMinor: bigint | null;
  readonly movedReference: string | null;
  /** The acts in the audit log, as `PROPOSED_CORRECTION by <id>`. */
  readonly proposals: string | null;
  readonly decisions: string | null;
}

/** Checks a correction against its hashes, its transaction, the rule of two operators, and the audit log. */
export function checkCorrection(correction: Correction): Finding[] {
  const { id, amountMinor, transactionId, needsApproval, proposedBy, decidedBy, hash } = correction;
  const { movedMinor, movedReference, proposals, decisions } = correction;
  const isDecided = decidedBy !== null;
  return compare('billing.corrections', id, {
    hash: [correctionHash(correction), hash],
    'hash of the decision': [expectedDecisionHash(correction), correction.decisionHash],
    'amount moved': [transactionId === null ? null : amountMinor, movedMinor],
    reference: [transactionId === null ? null : `correction:${id}`, movedReference],
    'act in the audit log': [`PROPOSED_CORRECTION by ${proposedBy}`, proposals],
    'act of the decision': [
      isDecided ? `${transactionId === null ? 'DECLINED' : 'APPROVED'}_CORRECTION by ${decidedBy}` : null,
      decisions,
    ],
    ...(needsApproval && transactionId !== null && !isDecided ? { approval: ['of an operator', 'none'] as const } : {}),
    ...(decidedBy === proposedBy ? { 'decided by': ['another operator', decidedBy] as const } : {}),
  });
}

/** An undecided correction has no such hash. One that is decided only in part cannot have the right one. */
function expectedDecisionHash(correction: Correction): Buffer | null {
  const { hash, decidedBy, decidedAt, decisionReason, transactionId } = correction;
  if (decidedBy === null && decidedAt === null && decisionReason === null) return null;
  if (decidedBy === null || decidedAt === null || decisionReason === null) return Buffer.alloc(0);
  return decisionHash(hash, { decidedBy, decidedAt, decisionReason, transactionId });
}
