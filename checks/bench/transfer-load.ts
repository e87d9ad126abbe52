import { randomUUID } from 'node:crypto';
import { registerCustomer } from '#test/customer.ts';
import type { LoadRequest } from './router/http-load.ts';

const concurrentRegistrations = 4;
const deposit = '100000.00';

/** The initial funds of each user, including the opening deposit. */
export const fundsMinor = 10_010_000n;

/** A customer who transfers money from a dollar account. */
export interface User {
  readonly authorization: string;
  readonly accountId: string;
}

/** Registers users and deposits money for each. */
export async function registerUsers(url: string, count: number): Promise<User[]> {
  const pending = Array.from({ length: count }).values();
  const users: User[] = [];
  await Promise.all(
    Array.from({ length: concurrentRegistrations }, async () => {
      for (const _ of pending) users.push(await registerOne(url));
    }),
  );
  return users;
}

async function registerOne(url: string): Promise<User> {
  const customer = await registerCustomer(url);
  await customer.deposit(deposit);
  return { authorization: `Bearer ${customer.token}`, accountId: (await customer.account('USD')).id };
}

const transferQuery = `mutation Transfer($input: TransferInput!) {
  transfer(input: $input) { transaction { id fee { amount } } userErrors { code } }
}`;

const quoteQuery = `mutation Quote($input: TransferQuoteInput!) {
  quoteTransfer(input: $input) { quote { id } userErrors { code } }
}`;

/** The requests of the user with this index: transfers of a few dollars to other users, with fee. */
export function transferRequests(url: string, users: readonly User[]): (index: number) => LoadRequest {
  return (index) => ({
    url,
    authorization: users[index]!.authorization,
    body: () => transferBody(anyTransfer(users, index)),
  });
}

/** The same transfers as the console sends them: each user requests a quote, then the transfer on it. */
export function quotedTransferRequests(url: string, users: readonly User[]): (index: number) => LoadRequest {
  return (index) => {
    let transfer = anyTransfer(users, index);
    let quoteId: string | undefined;
    const body = () => {
      if (quoteId !== undefined) return transferBody({ ...transfer, quoteId });
      transfer = anyTransfer(users, index);
      return JSON.stringify({ operationName: 'Quote', query: quoteQuery, variables: { input: transfer } });
    };
    const onAnswer = (answer: string) => {
      quoteId = /"quote":\{"id":"([^"]+)"/.exec(answer)?.[1];
    };
    return { url, authorization: users[index]!.authorization, body, onAnswer };
  };
}

function anyTransfer(users: readonly User[], index: number) {
  const other = (index + 1 + Math.floor(Math.random() * (users.length - 1))) % users.length;
  return {
    fromAccountId: users[index]!.accountId,
    toAccountId: users[other]!.accountId,
    amount: { amount: (1 + Math.random() * 9).toFixed(2), currency: 'USD' },
  };
}

function transferBody(transfer: object): string {
  const input = { ...transfer, idempotencyKey: randomUUID() };
  return JSON.stringify({ operationName: 'Transfer', query: transferQuery, variables: { input } });
}
