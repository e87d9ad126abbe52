import { randomUUID } from 'node:crypto';
import { registerCustomer } from '#test/customer.ts';
import type { LoadRequest } from './router/http-load.ts';

const registeredAtOnce = 4;
const deposit = '100000.00';

/** What each has to begin with, the opening deposit included. */
export const fundsMinor = 10_010_000n;

/** Somebody who transfers, and the account in dollars. */
export interface User {
  readonly authorization: string;
  readonly accountId: string;
}

/** Registers so many, each with money to transfer. */
export async function registerUsers(url: string, count: number): Promise<User[]> {
  const left = Array.from({ length: count }).values();
  const users: User[] = [];
  await Promise.all(
    Array.from({ length: registeredAtOnce }, async () => {
      for (const _ of left) users.push(await registerOne(url));
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

/** What the nth user asks: transfers of a few dollars to others, with fee. */
export function transferRequests(url: string, users: readonly User[]): (place: number) => LoadRequest {
  return (place) => ({
    url,
    authorization: users[place]!.authorization,
    body: () => transferBody(anyTransfer(users, place)),
  });
}

/** The same as the console sends them: each user asks for a quote, and then for the transfer that was quoted. */
export function quotedTransferRequests(url: string, users: readonly User[]): (place: number) => LoadRequest {
  return (place) => {
    let transfer = anyTransfer(users, place);
    let quoteId: string | undefined;
    const body = () => {
      if (quoteId !== undefined) return transferBody({ ...transfer, quoteId });
      transfer = anyTransfer(users, place);
      return JSON.stringify({ operationName: 'Quote', query: quoteQuery, variables: { input: transfer } });
    };
    const onAnswer = (answer: string) => {
      quoteId = /"quote":\{"id":"([^"]+)"/.exec(answer)?.[1];
    };
    return { url, authorization: users[place]!.authorization, body, onAnswer };
  };
}

function anyTransfer(users: readonly User[], place: number) {
  const other = (place + 1 + Math.floor(Math.random() * (users.length - 1))) % users.length;
  return {
    fromAccountId: users[place]!.accountId,
    toAccountId: users[other]!.accountId,
    amount: { amount: (1 + Math.random() * 9).toFixed(2), currency: 'USD' },
  };
}

function transferBody(transfer: object): string {
  const input = { ...transfer, idempotencyKey: randomUUID() };
  return JSON.stringify({ operationName: 'Transfer', query: transferQuery, variables: { input } });
}
