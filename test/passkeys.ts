import { expect } from '@jest/globals';
import { graphql } from './graphql.ts';
import { type Flaws, type PasskeyDevice, passkeyDevice } from './passkey-device.ts';
import { password, type SignedIn, type UserSubgraph } from './user-subgraph.ts';

/** A customer with a passkey. */
export interface WithPasskey extends SignedIn {
  readonly device: PasskeyDevice;
  readonly passkeyId: string;
  /** The recovery codes of the first passkey. */
  readonly codes: readonly string[];
}

/** What the customers of a user subgraph do with passkeys. */
export function passkeysAt(user: UserSubgraph) {
  /** The options of a new registration. A customer without a factor confirms it with the password. */
  const registrationOf = async ({ accessToken }: SignedIn, given?: string) => {
    const confirmation = given ?? (await user.confirm(accessToken));
    return (await user.mutate('beginPasskeyRegistration', { confirmation }, accessToken)).options!;
  };

  const add = async (ada: SignedIn, response: string, name = 'Laptop') =>
    await user.mutate('addPasskey', { name, response }, ada.accessToken);

  const addTo = async (ada: SignedIn, confirmation?: string): Promise<WithPasskey> => {
    const device = passkeyDevice();
    const { passkey, codes, userErrors } = await add(ada, device.register(await registrationOf(ada, confirmation)));
    expect(userErrors).toEqual([]);
    return { ...ada, device, passkeyId: passkey!.id, codes: codes ?? [] };
  };

  return {
    registrationOf,
    add,
    addTo,
    signUpWithPasskey: async () => await addTo(await user.signUp()),
    factorsOf: async (token: string) => {
      const query = '{ viewer { secondFactors { totp recoveryCodesLeft passkeys { name lastUsedAt } } } }';
      type Answer = { viewer: { secondFactors: { passkeys: unknown[] } } };
      return (await graphql<Answer>(user.url, { query, token })).data!.viewer.secondFactors;
    },
    /** The challenge of a sign-in with the password. */
    login: async ({ email }: SignedIn) => (await user.mutate('login', { email, password })).challenge!,
    complete: async (challenge: string, passkeyResponse: string) =>
      await user.mutate('completeLogin', { challenge, passkeyResponse }),
    /** Begins a sign-in with a passkey alone. */
    begin: async () => {
      const { options, token } = await user.mutate('beginPasskeyLogin', {});
      return { options: options!, token: token! };
    },
    confirmWith: async (ada: WithPasskey, device = ada.device, flaws: Flaws = {}) => {
      const { options } = await user.mutate('beginPasskeyConfirmation', {}, ada.accessToken);
      return await user.mutate('confirmIdentity', { passkeyResponse: device.use(options!, flaws) }, ada.accessToken);
    },
    openChallenges: async (userId: string) =>
      (await user.query('select 1 from webauthn_challenges where user_id = $1', [userId])).length,
  };
}
