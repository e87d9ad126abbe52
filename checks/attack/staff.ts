import { clientToken, staffToken } from '../../test/staff.ts';
import type { Role } from '#platform/identity/roles.ts';
import type { Client } from './client.ts';
import { type Customer, password, register } from './customers.ts';
import { createShops, type Shops } from './shops.ts';

/** Access tokens that should not act for staff. */
export interface Intruders {
  /** Staff who read. */
  readonly support: string;
  readonly auditor: string;
  /** A customer with the role OPERATOR who has signed in with the password alone. */
  readonly operatorWithoutFactor: string;
  /** An API client of Eve that may only read orders. */
  readonly orderReader: string;
  readonly shops: Shops;
}

/** @param userDatabaseUrl the user database with its owner's role, to sign the tokens. */
export async function createIntruders(client: Client, userDatabaseUrl: string, eve: Customer): Promise<Intruders> {
  const signed = async (name: string, role: Role) =>
    await staffToken(userDatabaseUrl, await register(client, name), [role]);
  const grantee = await register(client, 'Oscar');
  const operator = await signed('Otto', 'OPERATOR');
  await client.request('mutation ($input: RoleInput!) { grantRole(input: $input) { userErrors { code } } }', {
    variables: { input: { customerId: grantee.id, role: 'OPERATOR', reason: 'a test of attacks' } },
    token: operator,
  });
  const login = await client.request('mutation ($input: LoginInput!) { login(input: $input) { accessToken } }', {
    variables: { input: { email: grantee.email, password } },
  });
  return {
    support: await signed('Sam', 'SUPPORT'),
    auditor: await signed('Audrey', 'AUDITOR'),
    operatorWithoutFactor: (login.data!['login'] as { accessToken: string }).accessToken,
    orderReader: await clientToken(userDatabaseUrl, eve, ['orders:read']),
    shops: await createShops(client, userDatabaseUrl),
  };
}
