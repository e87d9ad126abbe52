import type { GraphQLSchema } from 'graphql';
import { isRefusal } from '../errors/refusal.ts';
import type { Caller } from '../http/callers.ts';
import type { Identity } from '../identity/identity.ts';
import { type Decimal, formatDecimal } from '../money/decimal.ts';
import type { Manager } from '../postgres/database.ts';
import { isId } from '../validation/ids.ts';
import { actingIn } from './acting.ts';
import { type ChangedValues, reasonOf, recordAct } from './record-act.ts';

/** What a mutation of staff has in its context. */
interface ActContext {
  readonly em: Manager;
  readonly identity: Identity;
  readonly caller: Caller;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * Makes each refusal of a mutation of staff an entry of the audit log. A refusal tells a fact about a customer, such as
 * that a balance is below an amount: otherwise staff could look without an entry. The entry commits before the client
 * gets the refusal. Where it has no valid reason, nothing was read and nothing is recorded.
 *
 * @param isOfStaff whether a mutation needs a role of staff.
 */
export function recordRefusedActs(schema: GraphQLSchema, isOfStaff: (mutation: string) => boolean): void {
  for (const [mutation, field] of Object.entries(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (resolve === undefined || !isOfStaff(mutation)) continue;
    field.resolve = async (root, args: { readonly input?: Input }, context: ActContext, info) => {
      const payload: unknown = await resolve(root, args, context, info);
      const codes = codesOf(payload);
      if (codes.length > 0) await record(context, mutation, args.input ?? {}, codes);
      return payload;
    };
  }
}

/** The codes of a payload's refusals. */
function codesOf(payload: unknown): string[] {
  const { userErrors = [] } = (payload ?? {}) as { readonly userErrors?: readonly { readonly code: string }[] };
  return userErrors.map(({ code }) => code);
}

async function record(context: ActContext, mutation: string, input: Input, codes: readonly string[]): Promise<void> {
  const reason = reasonOf(String(input['reason']));
  if (isRefusal(reason)) return;
  const { actor, caller } = actingIn(context);
  const after = { mutation, refused: codes.join(', '), ...amountOf(input) };
  const customerId = idIn(input, 'customerId');
  await context.em.transactional(async (em) => {
    const subject = subjectOf(mutation, input);
    await recordAct(em, { actor, act: 'WAS_REFUSED', customerId, subject, after, reason, caller });
  });
}

/** How the inputs name what an act is about. The log is never erased: a text that is no id is left out. */
const targets = ['accountId', 'orderId', 'correctionId', 'notificationId', 'customerId'] as const;
const number = /^\d{1,18}$/;

function subjectOf(mutation: string, input: Input): string | null {
  const id = String(input['id']);
  if (mutation.endsWith('DeadLetter')) return number.test(id) ? `dead-letter:${id}` : null;
  const account = String(input['accountId']);
  if (number.test(account)) return `account-number:${account}`;
  const target = targets.find((name) => idIn(input, name) !== null);
  return target === undefined ? null : `${target.slice(0, -'Id'.length)}:${idIn(input, target)}`;
}

function idIn(input: Input, name: string): string | null {
  const value = input[name];
  return typeof value === 'string' && isId(value) ? value.toLowerCase() : null;
}

/** The amount that was requested: the amounts of several refusals can bound a balance. */
function amountOf({ amount: money }: Input): ChangedValues {
  if (typeof money !== 'object' || money === null) return {};
  const { amount, currency } = money as { readonly amount: Decimal; readonly currency: string };
  return { amount: `${formatDecimal(amount)} ${currency}` };
}
