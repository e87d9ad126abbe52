import { z } from 'zod';
import { routeOf } from '../rest/routes.ts';
import { accountIn, type Alias, type AliasAnswer, amount, type Call, checkUsername, currency, text } from './alias.ts';
import {
  changedName,
  fullName,
  names,
  orderMembers,
  orderStatus,
  signIn,
  tokenMembers,
  userMembers,
} from './members.ts';

const [register, readUser, updateUser, deleteUser] = [
  routeOf('POST', '/users'),
  routeOf('GET', '/users/me'),
  routeOf('PATCH', '/users/me'),
  routeOf('DELETE', '/users/me'),
];
const [deposit, withdraw] = [routeOf('POST', '/deposits'), routeOf('POST', '/withdrawals')];
const [placeOrder, readOrder, listOrders] = [
  routeOf('POST', '/orders'),
  routeOf('GET', '/orders/{id}'),
  routeOf('GET', '/orders'),
];

/** The paths of a store with one balance per user. */
export const storeAliases: readonly Alias[] = [
  { method: 'POST', path: '/token', isPublic: true, answer: signIn },
  { method: 'POST', path: '/user', isPublic: true, answer: createUser },
  {
    method: 'GET',
    path: '/user',
    answer: async ({ run }) => ({ status: 200, body: userMembers((await run(readUser)).result) }),
  },
  { method: 'PUT', path: '/user', answer: changeUser },
  { method: 'DELETE', path: '/user', answer: removeUser },
  { method: 'GET', path: '/billing/balance', answer: readBalance },
  { method: 'POST', path: '/billing/balance/add', answer: async (call) => await move(deposit, call) },
  { method: 'POST', path: '/billing/balance/sub', answer: async (call) => await move(withdraw, call) },
  { method: 'POST', path: '/buy', answer: buy },
  { method: 'GET', path: '/order', answer: oneOrder },
  { method: 'GET', path: '/orders', isPageToo: true, answer: latestOrders },
];

/** Clients of the store send a phone number. It is accepted, but not stored. */
const phone = z.union([z.int(), text]).optional();

async function createUser({ read, run }: Call): Promise<AliasAnswer> {
  const given = read(z.strictObject({ username: text, password: text, email: text.optional(), ...names, phone }));
  const { username, password, email = username } = given;
  const name = fullName(given) || username;
  const variables = { email, name, password };
  const { result } = await run(register, variables, { email: given.email === undefined ? 'username' : 'email' });
  return { status: 201, body: tokenMembers(result), location: '/user' };
}

export async function changeUser(call: Call): Promise<AliasAnswer> {
  const { read, run } = call;
  const given = read(z.strictObject({ email: text.optional(), ...names, phone, confirmation: text.optional() }));
  const { email = null, confirmation = null } = given;
  const variables = { email, name: (await changedName(given, call)) ?? null, confirmation };
  const { result } = await run(updateUser, variables, { name: 'first_name' });
  return { status: 200, body: userMembers(result) };
}

export async function removeUser({ read, run }: Call): Promise<AliasAnswer> {
  const { password, confirmation = null } = read(z.strictObject({ password: text, confirmation: text.optional() }));
  await run(deleteUser, { password, confirmation });
  return { status: 204 };
}

async function readBalance(call: Call): Promise<AliasAnswer> {
  const { currency: wanted } = call.read(z.strictObject({ currency }));
  const { balance } = await accountIn(wanted, call);
  return { status: 200, body: { balance: balance.amount, currency: wanted } };
}

async function move(route: typeof deposit, call: Call): Promise<AliasAnswer> {
  const given = call.read(z.strictObject({ amount, currency, username: text.optional() }));
  await checkUsername(given.username, call);
  const { id: accountId } = await accountIn(given.currency, call);
  const { result, repeated } = await call.run(route, {
    accountId,
    amount: { amount: given.amount, currency: given.currency },
    idempotencyKey: call.key,
  });
  const { id } = z.object({ id: z.string() }).parse(result);
  const body = { transaction_id: id, balance: await balanceAfter(given.currency, call), currency: given.currency };
  return { status: repeated ? 200 : 201, body, location: `/api/v1/transactions/${id}` };
}

/**
 * Null if it cannot be read: the money has moved, so the request must not fail. No test covers it, because only a fault
 * between two requests of one call to a subgraph causes it.
 */
async function balanceAfter(wanted: string, call: Call): Promise<string | null> {
  try {
    return (await accountIn(wanted, call)).balance.amount;
  } catch {
    return null;
  }
}

const buyMembers = z.strictObject({
  product_id: z.union([text, z.int().transform(String)], 'This must be a string or a whole number.'),
  price: amount,
  count: z.union(
    [
      z.int(),
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
    ],
    'This must be a whole number.',
  ),
  currency,
});

async function buy({ read, run, key, decided }: Call): Promise<AliasAnswer> {
  const given = read(buyMembers);
  const variables = {
    productId: given.product_id,
    unitPrice: { amount: given.price, currency: given.currency },
    quantity: given.count,
    idempotencyKey: key,
  };
  const { result, repeated } = await run(placeOrder, variables, {
    productId: 'product_id',
    unitPrice: 'price',
    quantity: 'count',
  });
  const order = await decided(result);
  const body = orderMembers(order);
  return { status: orderStatus(order, repeated), body, location: `/order?order_id=${body.order_id}` };
}

async function oneOrder(call: Call): Promise<AliasAnswer> {
  const { read, run } = call;
  const { order_id: id, username } = read(z.strictObject({ order_id: text, username: text.optional() }));
  await checkUsername(username, call);
  const { result } = await run(readOrder, { id }, { id: 'order_id' });
  return { status: 200, body: { order: orderMembers(result) } };
}

const count = z.coerce.number('This must be 1 to 100.').int().min(1).max(100).default(20);

async function latestOrders({ read, run }: Call): Promise<AliasAnswer> {
  const given = read(z.strictObject({ count }));
  const { result } = await run(listOrders, { first: given.count }, { first: 'count' });
  const { nodes } = z.object({ nodes: z.array(z.unknown()) }).parse(result);
  return { status: 200, body: { orders: nodes.map(orderMembers) } };
}
