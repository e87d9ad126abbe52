import { expect } from '@jest/globals';
import { graphql } from './graphql.ts';
import { staffToken } from './staff.ts';
import type { SignedIn } from './user-subgraph.ts';
import { useUserMails } from './use-user-mails.ts';

/** The acts of operators for customers: the type of the input, an input, and the name in the audit log. */
export const operatorActs = {
  endCustomerSessions: ['CustomerActInput', {}, 'ENDED_SESSIONS'],
  resetSecondFactors: ['CustomerActInput', {}, 'RESET_SECOND_FACTORS'],
  restoreEmail: ['RestoreEmailInput', { email: 'restored@example.com' }, 'RESTORED_EMAIL'],
  resendMessage: ['ResendMessageInput', { idempotencyKey: 'a key' }, 'RESENT_MESSAGE'],
  grantRole: ['RoleInput', { role: 'SUPPORT' }, 'GRANTED_ROLE'],
  revokeRole: ['RoleInput', { role: 'SUPPORT' }, 'REVOKED_ROLE'],
} as const;
export type OperatorAct = keyof typeof operatorActs;

export interface ActPayload {
  readonly customerId: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

/** The user subgraph for a test file, with an operator, Olga. */
export async function useOperator(settings: Readonly<Record<string, string>> = {}) {
  const { user: users, mails, signUpProved } = await useUserMails(settings);

  const olga = await signUpProved('Olga');
  const operator = await staffToken(users.databaseUrl, olga, ['OPERATOR']);

  const request = async (act: OperatorAct, input: object, token: string | undefined = operator) => {
    const [type, given] = operatorActs[act];
    return await graphql<Record<OperatorAct, ActPayload | null>>(users.url, {
      query: `mutation ($input: ${type}!) { ${act}(input: $input) { customerId userErrors { code field } } }`,
      variables: { input: { ...given, reason: 'a call of the customer', ...input } },
      token,
    });
  };

  const entriesOn = async ({ id }: SignedIn) =>
    await users.query<{ act: string; values_before: string | null; values_after: string | null; actor_id: string }>(
      `select act, actor_id, values_before, values_after from staff_acts
       where customer_id = $1 and act <> 'LOOKED_AT_CUSTOMER' order by sequence`,
      [id],
    );

  return {
    users,
    mails,
    olga,
    signUpProved,
    request,
    done: async (act: OperatorAct, input: object) => {
      const { data, errors } = await request(act, input);
      expect(errors).toBeUndefined();
      return data![act]!;
    },
    entriesOn,
  };
}
