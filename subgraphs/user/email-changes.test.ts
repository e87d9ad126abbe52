import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AccountMails, openAccountMails } from '#test/account-mails.ts';
import {
  newEmail,
  type PayloadView,
  type SignedIn,
  startUserSubgraph,
  type UserSubgraph,
} from '#test/user-subgraph.ts';

/** Changes of an address by a thief with the password, and what the owner of the old address can do about them. */

let user: UserSubgraph;
let mails: AccountMails;

beforeAll(async () => {
  user = await startUserSubgraph();
  mails = await openAccountMails(user);
});

afterAll(async () => {
  await mails.close();
  await user.stop();
});

const errorsOf = ({ userErrors }: PayloadView) => userErrors.map(({ code }) => code);

/** The token of the only message to an address. */
async function tokenTo(address: string): Promise<string> {
  const sent = await mails.sentTo(address);
  expect(sent).toHaveLength(1);
  return sent[0]!.token!;
}

/** A customer who has proved the address. */
async function proved(): Promise<SignedIn> {
  const ada = await user.signUp();
  await user.mutate('proveEmail', { token: await tokenTo(ada.email) });
  return ada;
}

async function enterEmail(accessToken: string, email: string): Promise<PayloadView> {
  const confirmation = await user.confirm(accessToken);
  return await user.mutate('updateProfile', { email, confirmation }, accessToken);
}

/** Changes an address, and returns the link that undoes it. */
async function changeEmail(accessToken: string, from: string, to: string): Promise<string> {
  expect(errorsOf(await enterEmail(accessToken, to))).toEqual([]);
  expect(errorsOf(await user.mutate('proveEmail', { token: await tokenTo(to) }))).toEqual([]);
  return await tokenTo(from);
}

const emailOf = async ({ id }: SignedIn) =>
  (await user.query<{ email: string }>('select email from users where id = $1', [id]))[0]!.email;

describe('a link that undoes a change', () => {
  test('is not ended by the links of later changes', async () => {
    const ada = await proved();
    const addresses = [ada.email, newEmail('b'), newEmail('c'), newEmail('d')] as const;
    const links: string[] = [];
    for (const index of [0, 1, 2] as const) {
      links.push(await changeEmail(ada.accessToken, addresses[index], addresses[index + 1]!));
    }
    const [first, second, third] = links;
    // The thief presses the link at B: it ends the link at C, which is later, and not the owner's.
    expect(errorsOf(await user.mutate('undoEmailChange', { token: second }))).toEqual([]);
    expect(errorsOf(await user.mutate('undoEmailChange', { token: third }))).toEqual(['INVALID_TOKEN']);
    expect(await user.mutate('undoEmailChange', { token: first })).toEqual({ email: ada.email, userErrors: [] });
    expect(await emailOf(ada)).toBe(ada.email);
  });
});
