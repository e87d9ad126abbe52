import { z } from 'zod';
import { isFinal } from '#platform/orders/lifecycle.ts';
import { moneyShape } from '../money-shape.ts';
import { routeOf } from '../rest/routes.ts';
import { type AliasAnswer, type Call, refused, text } from './alias.ts';

/** The objects that aliases return, and the steps that several of them share. */

const user = z.object({ id: z.string(), email: z.string(), name: z.string(), createdAt: z.string() });
const transaction = z.object({
  id: z.string(),
  kind: z.string(),
  amount: moneyShape,
  description: z.string().nullable(),
  createdAt: z.string(),
});
const order = z.object({
  id: z.string(),
  productId: z.string(),
  quantity: z.int(),
  unitPrice: moneyShape,
  total: moneyShape,
  status: z.string(),
  rejectionReason: z.string().nullable(),
  placedAt: z.string(),
});
const tokens = z.object({
  accessToken: z.string().nullable(),
  refreshToken: z.string().nullable(),
  expiresAt: z.string().nullable(),
  user: user.nullable(),
});

/** The name in two parts: the earlier systems have a first and a last name. */
export function userMembers(result: unknown) {
  const { id, email, name, createdAt } = user.parse(result);
  const [first = '', ...others] = name.split(' ');
  const names = { first_name: first, last_name: others.join(' ') };
  return { id, username: email, email, ...names, created_at: createdAt };
}

export function transactionMembers(result: unknown) {
  const { id, kind, amount, description, createdAt } = transaction.parse(result);
  return { id, kind, amount: amount.amount, currency: amount.currency, description, created_at: createdAt };
}

export function orderMembers(result: unknown) {
  const { id, productId, quantity, unitPrice, total, status, rejectionReason, placedAt } = order.parse(result);
  return {
    order_id: id,
    product_id: productId,
    count: quantity,
    price: unitPrice.amount,
    total_price: total.amount,
    currency: total.currency,
    status,
    rejection_reason: rejectionReason,
    created_at: placedAt,
  };
}

/** 202 while the order is under way. */
export function orderStatus(result: unknown, repeated: boolean): number {
  if (!isFinal(order.parse(result).status)) return 202;
  return repeated ? 200 : 201;
}

export const names = { first_name: text.optional(), last_name: text.optional() };

interface NameParts {
  readonly first_name?: string | undefined;
  readonly last_name?: string | undefined;
}

/** Joins the two parts of a name; undefined if both are missing. */
export function fullName({ first_name: first, last_name: last }: NameParts) {
  const given = [first, last].filter((part) => part !== undefined);
  return given.length === 0 ? undefined : given.join(' ').trim();
}

const readUser = routeOf('GET', '/users/me');

/** The name after a change, which keeps a part that is not given; undefined if both are missing. */
export async function changedName({ first_name: first, last_name: last }: NameParts, { run }: Call) {
  if ((first === undefined) === (last === undefined)) return fullName({ first_name: first, last_name: last });
  const kept = userMembers((await run(readUser)).result);
  return fullName({ first_name: first ?? kept.first_name, last_name: last ?? kept.last_name });
}

const login = routeOf('POST', '/sessions');

/**
 * Signs in with the email address as `username`.
 *
 * @throws Refused
 */
export async function signIn(call: Call): Promise<AliasAnswer> {
  const { username, password } = call.read(z.strictObject({ username: text, password: text }));
  const { result } = await call.run(login, { email: username, password }, { email: 'username' });
  return { status: 200, body: tokenMembers(result) };
}

export function tokenMembers(result: unknown) {
  const { accessToken, refreshToken, expiresAt, user: owner } = tokens.parse(result);
  if (accessToken === null || owner === null) {
    const detail = 'This account has a second factor: sign in with POST /api/v1/sessions.';
    throw refused(403, { code: 'SECOND_FACTOR_REQUIRED', detail });
  }
  return { token: accessToken, refresh_token: refreshToken, expires_at: expiresAt, user_id: owner.id };
}
