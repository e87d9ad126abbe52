import { randomBytes } from 'node:crypto';
import type { UserContext } from '#user/context.ts';
import { type ChallengeScope, passkeyChallengeS } from './passkey-challenges.ts';
import { assertionOptions } from './passkeys.ts';

export interface PasskeyLogin {
  readonly options: string;
  readonly challenge: string;
  readonly expiresAt: Date;
}

/** The challenge of a sign-in with a passkey alone. */
export const signingIn = (token: string): ChallengeScope => ({ purpose: 'SIGN_IN', userId: null, boundTo: token });

/** Begins a sign-in with a passkey alone. It names no user: the person chooses a passkey on the device. */
export async function beginPasskeyLogin({ em, site }: UserContext): Promise<PasskeyLogin> {
  const challenge = randomBytes(32).toString('base64url');
  return {
    options: await assertionOptions(em, signingIn(challenge), site),
    challenge,
    expiresAt: new Date(Date.now() + passkeyChallengeS * 1_000),
  };
}
