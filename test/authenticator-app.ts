import { generateSync } from 'otplib';
import { type SignedIn, type UserSubgraph } from './user-subgraph.ts';

/** @returns the code of a time step: 0 is the current one. The subgraph accepts -1, 0 and 1. */
export const codeOf = (secret: string, steps = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1_000) + steps * 30 });

/** Any code that is wrong in all steps that count. */
export function wrongCode(secret: string): string {
  const right = new Set([-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps)));
  return ['000000', '000001', '000002', '000003', '000004', '000005'].find((code) => !right.has(code))!;
}

export interface Protected extends SignedIn {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Sets up an app for a signed-in customer. Its next acceptable code is that of the step +1, which `codeOf(secret, 1)` is. */
export async function setUpApp(user: UserSubgraph, ada: SignedIn): Promise<Protected> {
  const confirmation = await user.confirm(ada.accessToken, ada.password);
  const { secret } = await user.mutate('beginTotp', {}, ada.accessToken);
  const enable = async () =>
    await user.mutate('enableTotp', { code: codeOf(secret!, -1), confirmation }, ada.accessToken);
  let enabled = await enable();
  // The step may have passed since the code was computed.
  if (enabled.codes == null) enabled = await enable();
  if (enabled.codes == null) throw new Error(JSON.stringify(enabled));
  return { ...ada, secret: secret!, recoveryCodes: enabled.codes };
}

/** A new customer with an authenticator app. */
export async function signUpWithApp(user: UserSubgraph): Promise<Protected> {
  return await setUpApp(user, await user.signUp());
}
