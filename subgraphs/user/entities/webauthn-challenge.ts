import { defineEntity, p } from '@mikro-orm/postgresql';

/** The uses of a challenge. A response for one use does not count for another. */
export const challengeUses = ['REGISTER', 'CONFIRM', 'SECOND_FACTOR', 'SIGN_IN'] as const;
export type ChallengeUse = (typeof challengeUses)[number];

/** A random value that a passkey has yet to sign. It is used once. */
export const WebauthnChallenge = defineEntity({
  name: 'WebauthnChallenge',
  tableName: 'webauthn_challenges',
  properties: {
    challengeHash: p.blob().primary(),
    purpose: p.text().$type<ChallengeUse>(),
    /** Null where a passkey alone signs in: the response names the user. */
    userId: p.uuid().nullable(),
    /** The hash of the session, or of the token of the sign-in, for which the challenge counts. */
    boundTo: p.blob(),
    expiresAt: p.datetime(3),
  },
});
