import { connected } from '#local/connected.ts';
import type { Role } from '#platform/identity/roles.ts';
import { registerCustomer } from './customer.ts';
import { graphql, type GraphqlAnswer } from './graphql.ts';
import { staffToken } from './staff.ts';
import type { SystemAddresses } from './shared-system.ts';

interface Found {
  readonly customer: { readonly id: string; readonly permit: string; readonly email: string } | null;
}

/** Olga, a new staff member with a session for each role, and how she looks at customers. */
export async function lookingStaff({ url, databases }: Pick<SystemAddresses, 'url' | 'databases'>) {
  const olga = await registerCustomer(url, 'Olga');
  const tokenFor = async (role: Role) => await staffToken(databases.user, olga, [role]);
  const tokens: Readonly<Record<Role, string>> = {
    SUPPORT: await tokenFor('SUPPORT'),
    OPERATOR: await tokenFor('OPERATOR'),
    AUDITOR: await tokenFor('AUDITOR'),
  };

  return {
    olga,
    tokens,
    look: async (
      by: object,
      { token = tokens.SUPPORT, reason = 'a call', select = 'id permit email' } = {},
    ): Promise<GraphqlAnswer<Found>> =>
      await graphql<Found>(url, {
        query: `query ($by: CustomerKey!, $reason: String!) { customer(by: $by, reason: $reason) { ${select} } }`,
        variables: { by, reason },
        token,
      }),
    /** Reads the record again with the permit of a look. */
    readOn: async (permit: string, token: string) =>
      await graphql(url, {
        query: 'query ($permit: String!) { customerRecord(permit: $permit) { id email } }',
        variables: { permit },
        token,
      }),
    /** The entries of the audit log with this reason. */
    entriesWith: async (reason: string) =>
      await connected(databases.user, async (client) => {
        const columns = 'act, actor, actor_id, customer_id, subject, values_after, caller';
        return (await client.query(`select ${columns} from staff_acts where reason = $1`, [reason])).rows;
      }),
  };
}
