import { generateSync } from 'otplib';
import type { AccountMails } from './account-mails.ts';
import type { Customer } from './customer.ts';
import { password, type SignedIn, type UserSubgraph } from './user-subgraph.ts';

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

/** Confirms with the password and the code of a message, which the first factor needs where addresses are proved. */
export async function confirmByMail(user: UserSubgraph, mails: AccountMails, ada: SignedIn, address = ada.email) {
  await user.mutate('requestIdentityCode', {}, ada.accessToken);
  const emailCode = (await mails.sentTo(address)).at(-1)?.code;
  const { confirmation } = await user.mutate('confirmIdentity', { password, emailCode }, ada.accessToken);
  return confirmation!;
}

/**
 * Sets up an app for a signed-in customer. Its next acceptable code is that of the step +1, which `codeOf(secret, 1)` is.
 *
 * @param confirmed needed where the customer has to prove more than the password.
 */
export async function setUpApp(user: UserSubgraph, ada: SignedIn, confirmed?: string): Promise<Protected> {
  const confirmation = confirmed ?? (await user.confirm(ada.accessToken, ada.password));
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

/**
 * Sets up an app for a customer through the router. The step of the code is the one before: later ones remain for sign-ins.
 *
 * @returns the secret of the app.
 */
export async function setUpAppOf({ request, confirm }: Pick<Customer, 'request' | 'confirm'>): Promise<string> {
  const confirmation = await confirm();
  const { beginTotp } = await request<{ beginTotp: { secret: string } }>('mutation { beginTotp { secret } }');
  const enable = async () => {
    const { enableTotp } = await request<{ enableTotp: { codes: string[] | null } }>(
      'mutation ($input: EnableTotpInput!) { enableTotp(input: $input) { codes userErrors { code } } }',
      { input: { code: codeOf(beginTotp.secret, -1), confirmation } },
    );
    return enableTotp;
  };
  let enabled = await enable();
  // The step may have passed since the code was computed.
  if (enabled.codes === null) enabled = await enable();
  if (enabled.codes === null) throw new Error(JSON.stringify(enabled));
  return beginTotp.secret;
}
