import { z } from 'zod';
import type { Problem, ProblemCause } from '#platform/http/problem.ts';
import { currencies } from '#platform/money/currency.ts';
import type { Route } from '../rest/route.ts';
import { routeOf } from '../rest/routes.ts';

/** A path of an earlier system, which runs operations of the REST API. */
export interface Alias {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With parameters such as `:id`. */
  readonly path: string;
  /** Whether it needs no access token. */
  readonly isPublic?: true;
  /** Whether a browser without a token gets a page of the console at the same path. */
  readonly isPageToo?: true;
  readonly answer: (call: Call) => Promise<AliasAnswer>;
}

export interface AliasAnswer {
  readonly status: number;
  /** Nothing is sent if it is left out. */
  readonly body?: object;
  readonly location?: string;
}

/** A request of an alias. */
export interface Call {
  /** The parameters of the path. */
  readonly path: Readonly<Record<string, string>>;
  /**
   * Reads the members of the body, or the parameters of a GET.
   *
   * @throws Refused
   */
  readonly read: <Members>(members: z.ZodType<Members>) => Members;
  /**
   * Runs the operation of a route.
   *
   * @param names of this path for the variables of the operation, where they differ.
   * @throws Refused
   */
  readonly run: (route: Route, variables?: Variables, names?: Names) => Promise<Outcome>;
  /** The caller's idempotency key, or a new one: callers of the earlier systems send none. */
  readonly key: string;
  /** Waits for the decision about an order, for as long as the request prefers. */
  readonly decided: (order: unknown) => Promise<unknown>;
}

type Variables = Readonly<Record<string, unknown>>;
export type Names = Readonly<Record<string, string>>;

export interface Outcome {
  readonly result: unknown;
  /** Whether an earlier request with the same key had this result. */
  readonly repeated: boolean;
}

/** A request that is refused with a problem. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.causes[0].detail);
    this.problem = problem;
  }
}

export function refused(status: number, cause: ProblemCause): Refused {
  return new Refused({ status, causes: [cause] });
}

export const text = z.string('This must be a string.');

/** An amount as a decimal string, or as a number without a fraction, since fractions of numbers are not exact. */
export const amount = z.union(
  [text, z.int().transform(String)],
  'This must be an amount: a string such as "12.50", or a number without a fraction.',
);

/** The earlier systems have one currency: the first one stands for it. */
export const currency = z.enum(currencies, `This must be one of ${currencies.join(', ')}.`).default(currencies[0]);

const readUser = routeOf('GET', '/users/me');

/**
 * Checks the `username` of a request whose token already says who calls.
 *
 * @throws Refused FORBIDDEN, for the name of another user
 */
export async function checkUsername(username: string | undefined, { run }: Call): Promise<void> {
  if (username === undefined) return;
  const { email } = z.object({ email: z.string() }).parse((await run(readUser)).result);
  if (username.trim().toLowerCase() !== email.toLowerCase())
    throw refused(403, { code: 'FORBIDDEN', detail: 'This is not the user of the access token.' });
}

const accounts = routeOf('GET', '/accounts');

/**
 * Returns the caller's account in a currency.
 *
 * @throws Refused NOT_FOUND
 */
export async function accountIn(wanted: string, { run }: Call): Promise<{ id: string; balance: { amount: string } }> {
  const { result } = await run(accounts);
  const list = z
    .array(z.object({ id: z.string(), currency: z.string(), balance: z.object({ amount: z.string() }) }))
    .parse(result);
  const found = list.find((one) => one.currency === wanted);
  if (found === undefined) throw refused(404, { code: 'NOT_FOUND', detail: `There is no account in ${wanted}.` });
  return found;
}
