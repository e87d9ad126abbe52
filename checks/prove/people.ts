import { randomUUID } from 'node:crypto';
import { graphqlData } from '../../test/graphql.ts';
import type { Stage } from './stage.ts';
import { retry } from './wait.ts';

/** Customers whose requests are repeated until they are answered, while processes are killed. */

/** A customer with a session. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly token: string;
}

export const password = 'correct horse battery staple';

interface Refusable {
  readonly userErrors: readonly { readonly code: string }[];
}

/** Sends a query until it is answered. */
async function read<Data>({ url }: Stage, token: string, query: string): Promise<Data> {
  return await retry(async () => await graphqlData<Data>(url, { query, token }));
}

/** Sends a mutation with an input until it is answered. @returns its payload. */
export async function change<Payload>(
  { url }: Stage,
  token: string | undefined,
  [mutation, type, selection]: readonly [mutation: string, type: string | null, selection: string],
  input: object = {},
): Promise<Payload & Refusable> {
  const field = `payload: ${mutation}${type === null ? '' : '(input: $input)'} { ${selection} userErrors { code } }`;
  const query = type === null ? `mutation { ${field} }` : `mutation ($input: ${type}!) { ${field} }`;
  const variables = type === null ? {} : { input };
  const request = async () => await graphqlData<{ payload: Payload & Refusable }>(url, { query, variables, token });
  return (await retry(request)).payload;
}

/** @throws where a refusal is not one of a request whose first answer was lost. */
export function accept({ userErrors }: Refusable, ...repeated: string[]): void {
  const refused = userErrors.filter(({ code }) => !repeated.includes(code));
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
}

/** Confirms with the password, or with other proofs. */
export async function confirm(stage: Stage, token: string, proof: object = { password }): Promise<string> {
  const confirmed = await change<{ confirmation: string | null }>(
    stage,
    token,
    ['confirmIdentity', 'ConfirmIdentityInput', 'confirmation'],
    proof,
  );
  accept(confirmed);
  return confirmed.confirmation!;
}

/** Signs in, or registers if that fails; repeated until it succeeds, since the answer to a registration can be lost. */
export async function signIn({ url }: Stage, email = `ada.${randomUUID()}@example.com`): Promise<Person> {
  interface Session {
    readonly accessToken: string | null;
    readonly user: { readonly id: string } | null;
  }
  const begin = async (mutation: 'login' | 'register', type: string, input: object) => {
    const query = `mutation ($input: ${type}!) { session: ${mutation}(input: $input) { accessToken user { id } } }`;
    return (await graphqlData<{ session: Session }>(url, { query, variables: { input } })).session;
  };
  return await retry(async () => {
    const login = await begin('login', 'LoginInput', { email, password });
    const session =
      login.accessToken === null ? await begin('register', 'RegisterInput', { email, name: 'Ada', password }) : login;
    return { id: session.user!.id, email, token: session.accessToken! };
  });
}

/** The id of the customer's account in USD, as soon as it is open. */
export async function usdAccount(stage: Stage, token: string): Promise<string> {
  return await retry(async () => {
    const query = '{ viewer { account(currency: USD) { id } } }';
    const { viewer } = await read<{ viewer: { account: { id: string } | null } }>(stage, token, query);
    if (viewer.account === null) throw new Error('the accounts are not open yet');
    return viewer.account.id;
  });
}
