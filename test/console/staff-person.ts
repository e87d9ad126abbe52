import { generate } from 'otplib';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import type { Role } from '#platform/identity/roles.ts';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { runFile } from '#test/command.ts';
import { graphqlData } from '#test/graphql.ts';
import type { SystemAddresses } from '#test/shared-system.ts';
import { type Person, personAt } from './person.ts';

/** A staff member with an authenticator app. */
export interface StaffMember extends Customer {
  /** Each signs in once. */
  readonly recoveryCodes: string[];
}

/** Registers a person and grants roles with the command of the machine. Without a second factor they do not count yet. */
export async function registerGranted(
  { url, credentials }: SystemAddresses,
  roles: readonly Role[],
  name = 'Olga',
): Promise<Customer> {
  const person = await registerCustomer(url, name);
  for (const role of roles) await grant(credentials.user.operator, person.email, role);
  return person;
}

/** Registers a staff member with roles, and sets up an authenticator app. */
export async function registerStaff(
  system: SystemAddresses,
  roles: readonly Role[],
  name = 'Olga',
): Promise<StaffMember> {
  const { url } = system;
  const member = await registerGranted(system, roles, name);
  const change = async <Payload>(mutation: string, type: string | null, input: object): Promise<Payload> => {
    const query =
      type === null ? `mutation { payload: ${mutation} }` : `mutation ($input: ${type}!) { payload: ${mutation} }`;
    const { payload } = await graphqlData<{ payload: Payload }>(url, {
      query,
      token: member.token,
      ...(type === null ? {} : { variables: { input } }),
    });
    return payload;
  };
  const { confirmation } = await change<{ confirmation: string }>(
    'confirmIdentity(input: $input) { confirmation }',
    'ConfirmIdentityInput',
    { password: member.password },
  );
  const { secret } = await change<{ secret: string }>('beginTotp { secret }', null, {});
  const { codes } = await change<{ codes: string[] }>('enableTotp(input: $input) { codes }', 'EnableTotpInput', {
    code: await generate({ secret }),
    confirmation,
  });
  return { ...member, recoveryCodes: codes };
}

async function grant(operatorUrl: string, email: string, role: Role): Promise<void> {
  const words = ['grant', email, role.toLowerCase(), '--reason', 'a test'];
  const command = runFile('deploy/local/operators.ts', { USER_OPERATOR_DATABASE_URL: operatorUrl }, undefined, words);
  if ((await command.exit) !== 0) throw new Error(command.output());
}

/** A staff member whose browser is already signed in, with the second factor. */
export async function staffAt(
  browser: Browser,
  origin: string,
  member: StaffMember,
  options: BrowserContextOptions = {},
): Promise<Person> {
  const person = await personAt(browser, origin, options);
  const begin = async (data: object) => {
    const answer = await person.context.request.post('/session', {
      headers: { 'x-console': '1', origin, 'sec-fetch-site': 'same-origin' },
      data,
    });
    if (!answer.ok()) throw new Error(`${member.email} cannot sign in: ${await answer.text()}`);
    return (await answer.json()) as { challenge?: { token: string }; session: object | null };
  };
  const { challenge } = await begin({ login: { email: member.email, password: member.password } });
  const input = { challenge: challenge?.token, recoveryCode: member.recoveryCodes.pop() };
  const { session } = await begin({ completeLogin: input });
  if (session === null) throw new Error(`${member.email} cannot complete the sign-in`);
  return { ...person, email: member.email };
}
