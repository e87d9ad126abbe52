import { z } from 'zod';
import { routeOf } from '../rest/routes.ts';
import { accountIn, type Alias, type AliasAnswer, amount, type Call, currency, refused, text } from './alias.ts';
import { signIn, transactionMembers, userMembers } from './members.ts';
import { changeUser, removeUser } from './store.ts';

const readUser = routeOf('GET', '/users/me');
const [deposit, withdraw, transfer, listTransactions] = [
  routeOf('POST', '/deposits'),
  routeOf('POST', '/withdrawals'),
  routeOf('POST', '/transfers'),
  routeOf('GET', '/transactions'),
];

const user = '/api/user/:id/';
const transactions = '/api/user/:id/transaction/';

/** The paths of a system with users and their transactions. A user reaches only themselves. */
export const userAliases: readonly Alias[] = [
  { method: 'POST', path: '/api/login/', isPublic: true, answer: signIn },
  { method: 'GET', path: user, answer: async (call) => ({ status: 200, body: await ownUser(call) }) },
  { method: 'PUT', path: user, answer: ofOwnUser(changeUser) },
  { method: 'PATCH', path: user, answer: ofOwnUser(changeUser) },
  { method: 'DELETE', path: user, answer: ofOwnUser(removeUser) },
  { method: 'GET', path: transactions, answer: ofOwnUser(readTransactions) },
  { method: 'POST', path: transactions, answer: ofOwnUser(createTransaction) },
];

/** @throws Refused NOT_FOUND, for another user as for one that does not exist. */
async function ownUser({ run, path }: Call) {
  const found = userMembers((await run(readUser)).result);
  if (found.id !== path['id'])
    throw refused(404, { code: 'NOT_FOUND', detail: 'This does not exist or is not yours.' });
  return found;
}

function ofOwnUser(answer: Alias['answer']): Alias['answer'] {
  return async (call) => {
    await ownUser(call);
    return await answer(call);
  };
}

const count = z.coerce.number('This must be 1 to 100.').int().min(1).max(100).default(20);

async function readTransactions({ read, run, path }: Call): Promise<AliasAnswer> {
  const { limit, after = null } = read(z.strictObject({ limit: count, after: text.optional() }));
  const { result } = await run(listTransactions, { first: limit, after }, { first: 'limit' });
  const { nodes, pageInfo } = z
    .object({
      nodes: z.array(z.unknown()),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    })
    .parse(result);
  const search = new URLSearchParams({ limit: String(limit), after: pageInfo.endCursor ?? '' });
  const next = pageInfo.hasNextPage ? `${transactions.replace(':id', path['id'] ?? '')}?${search}` : null;
  return { status: 200, body: { results: nodes.map(transactionMembers), next } };
}

const transactionInput = z
  .strictObject({
    amount,
    currency,
    recipient: text.optional(),
    description: text.optional(),
    confirmation: text.optional(),
  })
  .refine(({ recipient, description }) => description === undefined || recipient !== undefined, {
    path: ['description'],
    error: 'Only a transfer has a description: send the recipient, too.',
  });

/** A positive amount is deposited, a negative one withdrawn. With the number of an account, it is transferred to it. */
async function createTransaction(call: Call): Promise<AliasAnswer> {
  const { amount: written, currency: wanted, recipient, description, confirmation } = call.read(transactionInput);
  const { id: accountId } = await accountIn(wanted, call);
  const money = { amount: written.replace(/^-/, ''), currency: wanted };
  const keyed = { amount: money, idempotencyKey: call.key };
  const isNegative = written.startsWith('-');
  const { result, repeated } =
    recipient === undefined
      ? await call.run(isNegative ? withdraw : deposit, { ...keyed, accountId })
      : await call.run(
          transfer,
          {
            ...keyed,
            amount: { ...money, amount: written },
            fromAccountId: accountId,
            toAccountId: recipient,
            description,
            confirmation,
          },
          { toAccountId: 'recipient' },
        );
  const body = transactionMembers(result);
  return { status: repeated ? 200 : 201, body, location: `/api/v1/transactions/${body.id}` };
}
