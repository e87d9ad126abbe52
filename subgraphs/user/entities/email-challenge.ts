import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

export const challengePurposes = [
  'PROVE_EMAIL',
  'CHANGE_EMAIL',
  'RESET_PASSWORD',
  'UNDO_EMAIL_CHANGE',
  'RESTORE_EMAIL',
  'CONFIRM_IDENTITY',
] as const;

export type ChallengePurpose = (typeof challengePurposes)[number];

/**
 * A single-use link, and for a proof also a code, that a message contains. The database stores only hashes. The newest
 * three are valid, because an attempt to send whose outcome is unknown is repeated with a new link.
 */
export const EmailChallenge = defineEntity({
  name: 'EmailChallenge',
  tableName: 'email_challenges',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    purpose: p.text().$type<ChallengePurpose>(),
    /** The address to which the message goes. */
    email: p.text(),
    emailKey: p.text(),
    tokenHashes: p.array().default([]),
    codeHashes: p.array().default([]),
    /** The number of wrong codes. */
    tries: p.integer().default(0),
    createdAt: p.datetime(3).defaultRaw('now()'),
    /** How long the link is valid, in seconds. The time begins when the message is sent. */
    ttlS: p.integer(),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
  },
});

export type ChallengeRow = InferEntity<typeof EmailChallenge>;
