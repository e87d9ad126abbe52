import type { Manager } from '#platform/postgres/database.ts';
import type { Refusal } from '#platform/errors/refusal.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import type { Outbox } from '#subgraphs/outbox.ts';
import type { Email } from '#user/domain/email.ts';
import { type ChallengePurpose, EmailChallenge } from '#user/entities/email-challenge.ts';
import type { UserRow } from '#user/entities/user.ts';
import { beginChallenge, endChallenges } from './challenges.ts';
import { countMails, type MailLimits, refusedMail } from './mail-limits.ts';
import { writeMail } from './note-mail.ts';

export interface ProofRules extends MailLimits {
  readonly EMAIL_VERIFICATION: 'on' | 'off';
  readonly EMAIL_PROOF_TTL_S: number;
  readonly EMAIL_UNDO_TTL_S: number;
}

export interface WantedProof extends Email {
  readonly userId: string;
  readonly purpose: Extract<ChallengePurpose, 'PROVE_EMAIL' | 'CHANGE_EMAIL' | 'RESTORE_EMAIL'>;
  /** The IP address of the client that typed the address. */
  readonly sender: string;
}

/** What a change of a customer's address needs. */
export interface ProofParts {
  readonly rules: ProofRules;
  readonly outbox: Outbox;
}

/**
 * Sends a link and a code to an address, to prove that it is the customer's. They replace earlier ones for the same
 * purpose. Refused beyond the limits for an address and for a sender; then nothing changes.
 */
export async function sendProof(
  em: Manager,
  { rules, outbox }: ProofParts,
  { userId, purpose, email, emailKey, sender }: WantedProof,
  field: readonly string[] | null = null,
): Promise<Refusal<'TOO_MANY_ATTEMPTS'> | null> {
  const kind = 'PROVE_EMAIL';
  const refused = refusedMail(await countMails(em, rules, { kind, recipientKey: emailKey, sender }), field);
  if (refused !== null) return refused;
  await endChallenges(em, userId, [purpose]);
  const challengeId = await beginChallenge(em, { userId, purpose, email, emailKey, ttlS: rules.EMAIL_PROOF_TTL_S });
  await writeMail(em, outbox, { userId, kind, recipient: email, recipientKey: emailKey, sender, challengeId });
  return null;
}

/** The address that a customer has entered and not proved yet; null if there is none. */
export async function findPendingEmail(em: Manager, userId: string): Promise<string | null> {
  const pending = { userId, purpose: 'CHANGE_EMAIL' as const, usedAt: null, expiresAt: { $gt: ormTime() } };
  const options = { orderBy: { createdAt: 'desc', id: 'desc' }, disableIdentityMap: true } as const;
  return (await em.findOne(EmailChallenge, pending, options))?.email ?? null;
}

/** A link that restores an address, and the message with it. */
export async function sendUndoLink(
  em: Manager,
  { rules, outbox }: ProofParts,
  { id, email, emailKey }: Pick<UserRow, 'id' | 'email' | 'emailKey'>,
): Promise<void> {
  const purpose = 'UNDO_EMAIL_CHANGE';
  const challengeId = await beginChallenge(em, { userId: id, purpose, email, emailKey, ttlS: rules.EMAIL_UNDO_TTL_S });
  await writeMail(em, outbox, {
    userId: id,
    kind: 'EMAIL_CHANGED',
    recipient: email,
    recipientKey: emailKey,
    challengeId,
  });
}
