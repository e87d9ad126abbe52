import { afterAll } from '@jest/globals';
import { type AccountMails, openAccountMails } from './account-mails.ts';
import { startUserSubgraph, type UserSubgraph } from './user-subgraph.ts';

/**
 * Starts a user subgraph for the tests of a file, which read its messages.
 *
 * @param settings that differ from a thousand messages per sender and the defaults.
 * @returns both, for the top level of the file.
 */
export async function useUserMails(
  settings: Readonly<Record<string, string>> = {},
): Promise<{ readonly user: UserSubgraph; readonly mails: AccountMails }> {
  const user = await startUserSubgraph({ MAILS_PER_SENDER: '1000', ...settings });
  const mails = await openAccountMails(user);
  afterAll(async () => {
    await mails.close();
    await user.stop();
  });
  return { user, mails };
}
