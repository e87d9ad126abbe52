import {
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { type AssertionResponse, challengeOf, type RegistrationResponse } from '#user/domain/passkey-response.ts';
import { Passkey, type PasskeyRow } from '#user/entities/passkey.ts';
import type { UserRow } from '#user/entities/user.ts';
import {
  beginPasskeyChallenge,
  type ChallengeScope,
  passkeyChallengeS,
  takePasskeyChallenge,
} from './passkey-challenges.ts';
import type { RelyingParty } from './relying-party.ts';

/** EdDSA, ES256 and RS256, which all devices between them have (COSE algorithm numbers). */
const algorithms = [-8, -7, -257];
const timeout = passkeyChallengeS * 1_000;

/** The user's passkeys, oldest first. */
export async function passkeysOf(em: Manager, userId: string): Promise<PasskeyRow[]> {
  return await em.find(Passkey, { userId }, { orderBy: { createdAt: 'asc', id: 'asc' }, disableIdentityMap: true });
}

export async function hasPasskey(em: Manager, userId: string): Promise<boolean> {
  return (await em.findOne(Passkey, { userId }, { fields: ['id'], disableIdentityMap: true })) !== null;
}

/** The options with which a browser makes a new passkey, as JSON. The device must verify its user and store the key. */
export async function registrationOptions(em: Manager, user: UserRow, scope: ChallengeScope, site: RelyingParty) {
  const known = await passkeysOf(em, user.id);
  const options = await generateRegistrationOptions({
    rpName: 'Wallet and orders',
    rpID: site.id,
    userID: Buffer.from(user.id),
    userName: user.email,
    userDisplayName: user.name,
    challenge: await beginPasskeyChallenge(em, scope),
    timeout,
    attestationType: 'none',
    excludeCredentials: known.map(descriptor),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  });
  return JSON.stringify(options);
}

/** The options with which a browser uses a passkey, as JSON. Without a user, the person chooses one on the device. */
export async function assertionOptions(em: Manager, scope: ChallengeScope, site: RelyingParty): Promise<string> {
  const known = scope.userId === null ? [] : await passkeysOf(em, scope.userId);
  const options = await generateAuthenticationOptions({
    rpID: site.id,
    challenge: await beginPasskeyChallenge(em, scope),
    timeout,
    allowCredentials: known.map(descriptor),
    userVerification: 'required',
  });
  return JSON.stringify(options);
}

const descriptor = ({ credentialId, transports }: PasskeyRow) => ({
  id: Buffer.from(credentialId).toString('base64url'),
  // A browser ignores the transports that it does not know.
  transports: transports as AuthenticatorTransport[],
});

type NewPasskey = Pick<PasskeyRow, 'credentialId' | 'publicKey' | 'counter' | 'transports'>;
type Invalid = Refusal<'INVALID_PASSKEY'>;

/** Checks the browser's response for a new passkey, and uses up its challenge. The caller must lock the user first. */
export async function checkRegistration(
  em: Manager,
  response: RegistrationResponse,
  scope: ChallengeScope,
  { site, log }: PasskeyChecks,
): Promise<NewPasskey | Invalid> {
  const field = ['input', 'response'];
  const challenge = challengeOf(response);
  if (challenge === null || !(await takePasskeyChallenge(em, challenge, scope))) return invalidPasskey(field);
  try {
    if (hasCertificates(response)) return invalidPasskey(field);
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!verified) return invalidPasskey(field);
    const { id, publicKey, counter } = registrationInfo.credential;
    const { transports } = response.response;
    return {
      credentialId: Buffer.from(id, 'base64url'),
      publicKey: Buffer.from(publicKey),
      counter: BigInt(counter),
      transports,
    };
  } catch (error) {
    log.info({ reason: errorText(error) }, 'new passkey refused');
    return invalidPasskey(field);
  }
}

/**
 * Whether a response has certificates of the device's maker. The options ask for none. The library would fetch the
 * revocation lists that certificates name, from any address that a client has put there.
 */
function hasCertificates({ response }: RegistrationResponse): boolean {
  const decoded = decodeAttestationObject(Buffer.from(response.attestationObject, 'base64url'));
  const format = decoded.get('fmt');
  return format !== 'none' && (format !== 'packed' || decoded.get('attStmt').get('x5c') !== undefined);
}

export interface PasskeyChecks {
  readonly site: RelyingParty;
  readonly log: Log;
}

/**
 * Checks that a passkey of the user has signed the challenge, and uses up the challenge. The caller must lock the user
 * first, and commit also where this refuses.
 *
 * @param scope of the challenge.
 */
export async function usePasskey(
  em: Manager,
  userId: string,
  response: AssertionResponse,
  scope: ChallengeScope,
  { site, log }: PasskeyChecks,
): Promise<PasskeyRow | Invalid> {
  const challenge = challengeOf(response);
  if (challenge === null || !(await takePasskeyChallenge(em, challenge, scope))) return wrongPasskey();
  const credentialId = Buffer.from(response.id, 'base64url');
  const passkey = await em.findOne(Passkey, { userId, credentialId }, { refresh: true });
  if (passkey === null || !belongsTo(response, userId)) return wrongPasskey();
  const counter = await signedCounter(response, challenge, passkey, { site, log });
  if (counter === null) return wrongPasskey();
  await em.nativeUpdate(Passkey, { id: passkey.id }, { counter, lastUsedAt: ormTime() });
  return passkey;
}

/** A device that stores the user's id returns it. */
function belongsTo({ response: { userHandle = '' } }: AssertionResponse, userId: string): boolean {
  return userHandle === '' || Buffer.from(userHandle, 'base64url').toString() === userId;
}

/**
 * The new counter of a valid response; null for another. A counter that does not go up means that the passkey may have
 * been copied (WebAuthn, section 6.1.1); the library refuses it.
 */
async function signedCounter(
  response: AssertionResponse,
  challenge: string,
  { id, publicKey, counter }: PasskeyRow,
  { site, log }: PasskeyChecks,
): Promise<bigint | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      credential: {
        id: response.id,
        publicKey: new Uint8Array(publicKey),
        counter: Number(counter),
      },
    });
    return verified ? BigInt(authenticationInfo.newCounter) : null;
  } catch (error) {
    log.info({ passkeyId: id, reason: errorText(error) }, 'passkey refused');
    return null;
  }
}

export const wrongPasskey = () => invalidPasskey(['input', 'passkeyResponse']);

export function invalidPasskey(field: readonly string[]): Invalid {
  return refuse('INVALID_PASSKEY', 'The passkey was not accepted. Try again from the beginning.', field);
}
