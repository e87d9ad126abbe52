import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { deliverMails } from '#platform/messaging/deliver-mails.ts';
import type { Mailer, MailMessage } from '#platform/messaging/mailer.ts';
import { accountMail, kindsWithSecret } from '#user/domain/account-mails.ts';
import { AccountMail, type AccountMailRow } from '#user/entities/account-mail.ts';
import { type ChallengePurpose, type ChallengeRow, EmailChallenge } from '#user/entities/email-challenge.ts';
import { beginChallenge, hashesOf, makeSecrets } from './challenges.ts';
import { type AddressedUser, findAddressed } from './find-users.ts';

/**
 * Sends the messages that were not sent yet. It makes a link and a code for each attempt, stores their hashes, and then
 * sends them: they exist nowhere else. A link is valid from its last sending on. A message whose customer or link is gone
 * is not sent, and neither is one whose recipient the mail server refuses.
 *
 * @param mailer null if no mail is delivered.
 * @param publicUrl the origin of the console, for the links.
 * @throws MessagesNotSent if a message must be sent again later.
 */
export async function sendAccountMails(
  em: Manager,
  mailer: Mailer | null,
  publicUrl: string,
  ids: readonly string[],
): Promise<void> {
  if (mailer === null) return;
  const open = { id: { $in: [...ids] }, sentAt: null, refusedAt: null };
  const unsent = await em.find(AccountMail, open, { disableIdentityMap: true });
  const messages: MailMessage[] = [];
  for (const mail of unsent) {
    const message = await em.transactional(async (transaction) => await prepare(transaction, mail, publicUrl));
    if (message !== null) messages.push(message);
  }
  await deliverMails(em, mailer, 'account_mails', messages);
}

/** Returns null if the message has become pointless. */
async function prepare(em: Manager, mail: AccountMailRow, publicUrl: string): Promise<MailMessage | null> {
  const by = mail.userId == null ? { email: mail.recipient } : { id: mail.userId };
  const user = await findAddressed(em, by);
  if (user === undefined) return null;
  const challenge = await challengeOf(em, mail, user);
  if (challenge === 'over') return null;
  const secrets = challenge === null ? null : makeSecrets(challenge.id);
  if (challenge !== null && secrets !== null) await storeHashes(em, hashesOf(challenge.id, secrets), challenge.id);
  const kind = challenge !== null && proofs.has(challenge.purpose) ? 'PROVE_EMAIL' : mail.kind;
  const { data, id, createdAt, deferrals } = mail;
  const name = kind === 'PROVE_EMAIL' ? null : user.name;
  const { subject, parts } = accountMail({ kind, data, name, publicUrl, secrets });
  // A reset goes to the address as its customer entered it, not as the request spells it.
  const recipient = mail.kind === 'PASSWORD_RESET' ? user.email : mail.recipient;
  return { id, recipient, subject, body: parts, createdAt, deferrals };
}

const proofs: ReadonlySet<ChallengePurpose> = new Set(['PROVE_EMAIL', 'CHANGE_EMAIL', 'RESTORE_EMAIL']);

/**
 * The unused challenge of a message; null for a message without a link. The link of a reset begins here. A customer whose
 * address is not proved gets the proof instead, because nothing else goes to such an address.
 */
async function challengeOf(
  em: Manager,
  mail: AccountMailRow,
  user: AddressedUser,
): Promise<ChallengeRow | null | 'over'> {
  let { challengeId } = mail;
  if (mail.kind === 'PASSWORD_RESET' && challengeId == null) {
    challengeId = await beginChallenge(em, {
      userId: user.id,
      purpose: user.emailProvedAt == null ? 'PROVE_EMAIL' : 'RESET_PASSWORD',
      email: user.email,
      emailKey: user.emailKey,
      ttlS: Number(mail.data['ttlS']),
    });
    await em.nativeUpdate(AccountMail, { id: mail.id }, { challengeId });
  }
  if (challengeId == null) return withSecret.has(mail.kind) ? 'over' : null;
  // The message may wait for longer than its link is valid: the time begins when it is sent.
  return (await em.findOne(EmailChallenge, { id: challengeId, usedAt: null }, { disableIdentityMap: true })) ?? 'over';
}

const withSecret: ReadonlySet<AccountMailRow['kind']> = new Set(kindsWithSecret);

/**
 * The newest three stay valid: a server may have accepted a message whose sending seemed to fail. The link's time begins
 * again, so that the last message has all of it.
 */
async function storeHashes(em: Manager, { token, code }: ReturnType<typeof hashesOf>, id: string): Promise<void> {
  await sql`
    update email_challenges set
      token_hashes = (array_prepend(${token}::text, token_hashes))[1:3],
      code_hashes = (array_prepend(${code}::text, code_hashes))[1:3],
      expires_at = now() + make_interval(secs => ttl_s)
    where id = ${id}
  `.execute(em.getKysely());
}
