import { afterAll, expect } from '@jest/globals';
import { type AccountMails, openAccountMails, type SentMail } from './account-mails.ts';
import { graphql } from './graphql.ts';
import { type PayloadView, type SignedIn, startUserSubgraph, type UserSubgraph } from './user-subgraph.ts';

export interface EmailView {
  readonly email: string;
  readonly emailProved: boolean;
  readonly pendingEmail: string | null;
}

/** A user subgraph whose messages the tests of a file read. */
export interface UserMails {
  readonly user: UserSubgraph;
  readonly mails: AccountMails;
  /** A new customer who has proved the address. */
  readonly signUpProved: (name?: string) => Promise<SignedIn>;
  /** The address as its customer reads it. */
  readonly emailOf: (customer: Pick<SignedIn, 'accessToken'>) => Promise<EmailView | null>;
}

/**
 * Starts a user subgraph for the tests of a file, which read its messages.
 *
 * @param settings that differ from a thousand messages per sender and the defaults.
 * @returns the subgraph, its messages and what the tests do with them, for the top level of the file.
 */
export async function useUserMails(settings: Readonly<Record<string, string>> = {}): Promise<UserMails> {
  const user = await startUserSubgraph({ MAILS_PER_SENDER: '1000', ...settings });
  const mails = await openAccountMails(user);
  afterAll(async () => {
    await mails.close();
    await user.stop();
  });
  const signUpProved = async (name?: string) => {
    const customer = await user.signUp(name);
    const { token } = onlyMail(await mails.sentTo(customer.email));
    expect((await user.mutate('proveEmail', { token })).userErrors).toEqual([]);
    return customer;
  };
  const emailOf: UserMails['emailOf'] = async ({ accessToken: token }) => {
    const query = '{ viewer { email emailProved pendingEmail } }';
    const { data } = await graphql<{ viewer: EmailView | null }>(user.url, { query, variables: {}, token });
    return data!.viewer;
  };
  return { user, mails, signUpProved, emailOf };
}

/**
 * Begins a change of the address.
 *
 * @param given a confirmation of the identity; without it, the customer confirms with the password.
 */
export async function enterEmail(
  user: UserSubgraph,
  accessToken: string,
  email: string,
  given?: string,
): Promise<PayloadView> {
  const confirmation = given ?? (await user.confirm(accessToken));
  return await user.mutate('updateProfile', { email, confirmation }, accessToken);
}

/** @returns the message, which must be the only one. */
export function onlyMail(sent: readonly SentMail[]): SentMail {
  expect(sent).toHaveLength(1);
  return sent[0]!;
}
