import { randomUUID } from 'node:crypto';
import type { Client } from './client.ts';

/** A customer of the system under attack. */
export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly token: string;
  readonly refreshToken: string;
  /** Account ids by currency. */
  readonly accounts: Readonly<Record<string, string>>;
}

export const password = 'correct horse battery staple';

/** @throws where the registration fails. */
export async function register(client: Client, name: string): Promise<Customer> {
  const email = `${name.toLowerCase()}.${randomUUID()}@example.com`;
  const registered = await client.request(
    'mutation ($input: RegisterInput!) { register(input: $input) { accessToken refreshToken user { id } } }',
    { variables: { input: { email, name, password } } },
  );
  if (registered.codes.length > 0 || registered.data == null)
    throw new Error(`the registration failed: ${registered.text}`);
  const { accessToken: token, refreshToken, user } = registered.data['register'] as Registered;
  const viewed = await client.request('{ viewer { accounts { id currency } } }', { token });
  const { viewer } = viewed.data as { viewer: { accounts: { id: string; currency: string }[] } };
  const accounts = Object.fromEntries(viewer.accounts.map(({ id, currency }) => [currency, id]));
  return { id: user.id, email, token, refreshToken, accounts };
}

/** Shorter than the lifetime of an access token. */
const renewAfterMs = 240_000;

/** @returns a function that returns a valid access token, and refreshes it in time. */
export function signedIn(client: Client, customer: Customer): () => Promise<string> {
  let { token, refreshToken } = customer;
  let renewAt = Date.now() + renewAfterMs;
  return async () => {
    if (Date.now() < renewAt) return token;
    renewAt = Date.now() + renewAfterMs;
    const renewed = await client.request(
      'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken refreshToken } }',
      { variables: { input: { refreshToken } } },
    );
    const pair = renewed.data?.['refreshToken'] as { accessToken: string; refreshToken: string };
    ({ accessToken: token, refreshToken } = pair);
    return token;
  };
}

interface Registered {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: { readonly id: string };
}
