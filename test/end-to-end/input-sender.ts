import { expect } from '@jest/globals';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { newKey } from '#test/factories.ts';
import { graphql } from '#test/graphql.ts';
import { sharedSystem } from '#test/shared-system.ts';

export const inputTypes = {
  deposit: 'DepositInput',
  withdraw: 'WithdrawInput',
  transfer: 'TransferInput',
  quoteTransfer: 'TransferQuoteInput',
  placeOrder: 'PlaceOrderInput',
} as const;
type Mutation = keyof typeof inputTypes;
export const mutations = Object.keys(inputTypes) as Mutation[];

type Accounts = Record<'USD' | 'EUR' | 'CNY', { readonly id: string; readonly number: string }>;

interface Refused {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[] | null;
}

/** A customer of the shared system who sends input. */
export interface InputSender {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  readonly ada: Customer;
  readonly accounts: Accounts;
  /** @returns a valid input; the tests replace one part of it with an invalid value. */
  readonly goodInput: (mutation: Mutation, accounts?: Accounts) => Record<string, unknown>;
}

/** Registers a customer in the shared system, with 50 yuan in addition to the opening deposit. */
export async function registerSender(): Promise<InputSender> {
  const { url } = await sharedSystem();
  const ada = await registerCustomer(url);
  await ada.deposit('50.00', 'CNY');
  const accounts = await accountsOf(ada);
  return { url, ada, accounts, goodInput: (mutation, of = accounts) => goodInput(mutation, of) };
}

/** Sends a valid input with these changes, and expects one user error. */
export async function expectRefused(
  { url, ada, goodInput }: InputSender,
  mutation: Mutation,
  changes: object,
  code: string,
  field: string[],
): Promise<void> {
  const answer = await graphql<Record<string, { userErrors: Refused[] }>>(url, {
    query: documentOf(mutation),
    variables: { input: { ...goodInput(mutation), ...changes } },
    token: ada.token,
  });
  expect(answer).toMatchObject({ status: 200, data: { [mutation]: { userErrors: [{ code, field }] } } });
  expect(answer.errors).toBeUndefined();
  expectNothingInternal(answer);
}

/** Sends an operation, and expects no data and one error with this code. */
export async function expectRejected(
  { url, ada }: InputSender,
  query: string,
  variables: object = {},
  code = 'BAD_USER_INPUT',
): Promise<void> {
  const answer = await graphql(url, { query, variables, token: ada.token });
  expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual([code]);
  expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
  expectNothingInternal(answer);
}

export async function accountsOf(customer: Customer): Promise<Accounts> {
  const [USD, EUR, CNY] = [await customer.account('USD'), await customer.account('EUR'), await customer.account('CNY')];
  return { USD, EUR, CNY };
}

export const documentOf = (mutation: Mutation) =>
  `mutation ($input: ${inputTypes[mutation]}!) { ${mutation}(input: $input) { userErrors { code message field } } }`;

/** @returns the name of the input field with the amount. */
export const amountField = (mutation: Mutation) => (mutation === 'placeOrder' ? 'unitPrice' : 'amount');

function goodInput(mutation: Mutation, { USD, EUR }: Accounts): Record<string, unknown> {
  const amount = { amount: '1.00', currency: 'USD' };
  const idempotencyKey = newKey();
  const inputs: Record<Mutation, Record<string, unknown>> = {
    deposit: { accountId: USD.id, amount, idempotencyKey },
    withdraw: { accountId: USD.id, amount, idempotencyKey },
    transfer: { fromAccountId: USD.id, toAccountId: EUR.id, amount, idempotencyKey },
    quoteTransfer: { fromAccountId: USD.id, toAccountId: EUR.id, amount },
    placeOrder: { productId: 'book', unitPrice: amount, quantity: 1, idempotencyKey },
  };
  return inputs[mutation];
}

/** Runs work, and expects it to change nothing of the customer. */
export async function expectUnchanged({ ada }: InputSender, work: () => Promise<unknown>): Promise<void> {
  const before = await state(ada);
  await work();
  expect(await state(ada)).toEqual(before);
}

/** @returns the state that bad input must not change. */
async function state(customer: Customer) {
  return await customer.request(`{
    viewer {
      accounts { balance { amount } entries(first: 1) { nodes { sequence } } }
      orders { totalCount }
      transactions { totalCount }
      notifications { totalCount }
    }
  }`);
}

export function expectNothingInternal(answer: object): void {
  expect(JSON.stringify(answer)).not.toMatch(
    /127\.0\.0\.1|localhost|node_modules|\.ts\b|stack|select |insert |postgres|subgraph|relation|syntax error at/i,
  );
}

/** @returns a document with the input as literals. */
export function inlined(mutation: Mutation, input: object): string {
  return `mutation { ${mutation}(input: ${literal(input)}) { userErrors { code } } }`;
}

function literal(value: unknown, name?: string): string {
  if (name === 'currency') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => literal(item)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, field]) => `${name}: ${literal(field, name)}`)
    .join(', ')} }`;
}
