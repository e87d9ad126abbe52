import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import { detailsOf, faultCodes, internalMessage, isFaultCode, retryHint } from '#platform/errors/faults.ts';
import type { Problem, ProblemCause } from '#platform/http/problem.ts';
import { idempotencyHeader, type Parameter } from './parameters.ts';
import { pointerOf } from './pointer.ts';
import type { Route } from './route.ts';

/** The statuses of the user errors. Any other code is 422: the request is well-formed and is refused. */
const statuses: Readonly<Record<string, number>> = {
  INVALID_IDEMPOTENCY_KEY: 400,
  INVALID_CREDENTIALS: 401,
  INVALID_TOKEN: 401,
  INVALID_CODE: 401,
  SECOND_FACTOR_REQUIRED: 401,
  CONFIRMATION_REQUIRED: 403,
  FUNDING_CLOSED: 403,
  NOT_FOUND: 404,
  EMAIL_TAKEN: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  INVALID_STATE: 409,
  ACCOUNT_CLOSED: 409,
  ACCOUNT_FROZEN: 409,
  ACCOUNT_NOT_EMPTY: 409,
  PAYMENTS_UNDER_WAY: 409,
  TOO_MANY_WEBHOOKS: 409,
  TOO_MANY_CONSENTS: 409,
  WEBHOOK_DISABLED: 409,
  QUOTE_EXPIRED: 410,
  TOO_MANY_ATTEMPTS: 429,
  TOO_MANY_UNKNOWN_RECEIVERS: 429,
  TOO_MANY_UNPAID_ORDERS: 429,
};

/**
 * Returns the status of a code at a route. A request with a valid token is never 401, which means a new token
 * to clients. An object that the path does not name is 422 where it does not exist.
 */
export function statusOf(code: string, { isPublic, path }: Route): number {
  const status = statuses[code] ?? 422;
  if (status === 401 && isPublic !== true) return 403;
  if (status === 404) return path.includes('{') ? 404 : 422;
  return status;
}

const refusals = z.array(
  z.object({
    code: z.string(),
    message: z.string(),
    field: z.array(z.string()).nullable(),
    retryAfterS: z.int().nullable(),
  }),
);

/** What a problem says of a parameter. */
export type Named = Pick<Parameter, 'name' | 'in' | 'variable'>;

/** Returns the problem of a payload with user errors; null if it has none. */
export function problemOfPayload(route: Route, parameters: readonly Named[], userErrors: unknown): Problem | null {
  const parsed = refusals.parse(userErrors);
  const [first, ...others] = parsed.map(({ code, message, field }): ProblemCause => ({
    code,
    detail: message,
    ...partOf(parameters, ofRequest(field ?? [])),
  }));
  if (first === undefined) return null;
  const status = statusOf(first.code, route);
  return { status, ...longest(parsed), causes: [first, ...others] };
}

/** The time after which the last of several bounds is open. Empty where waiting does not help. */
function longest(hints: readonly { readonly retryAfterS?: number | null }[]): { retryAfterS?: number } {
  const seconds = hints.flatMap(({ retryAfterS }) => retryAfterS ?? []);
  return seconds.length === 0 ? {} : { retryAfterS: Math.max(...seconds) };
}

/** The path of an argument without its first step `input` or `filter`, which requests of this API do not have. */
function ofRequest(path: readonly string[]): readonly string[] {
  return path.length > 1 && (path[0] === 'input' || path[0] === 'filter') ? path.slice(1) : path;
}

/** The part of the request at this path. */
function partOf(parameters: readonly Named[], path: readonly string[]): Partial<ProblemCause> {
  const [name] = path;
  if (name === undefined) return {};
  const parameter = parameters.find(({ variable }) => (variable[1] ?? variable[0]) === name);
  if (parameter === undefined) return {};
  if (parameter.in === 'header') return { header: idempotencyHeader };
  return parameter.in === 'body' ? { pointer: pointerOf(path) } : { parameter: parameter.name };
}

/** Returns the problem of an operation with top-level errors. They are masked and coded already. */
export function problemOfErrors(
  parameters: readonly Named[],
  [first, ...others]: readonly [GraphQLFormattedError, ...GraphQLFormattedError[]],
): Problem {
  const code = first.extensions?.['code'];
  const status = isFaultCode(code) ? faultCodes[code] : 500;
  return {
    status,
    ...longest([first, ...others].map(({ extensions }) => retryHint(extensions))),
    causes: [causeOfError(parameters, first), ...others.map((error) => causeOfError(parameters, error))],
  };
}

function causeOfError(parameters: readonly Named[], { message, extensions }: GraphQLFormattedError): ProblemCause {
  const code = extensions?.['code'];
  if (!isFaultCode(code)) return { code: 'INTERNAL_SERVER_ERROR', detail: internalMessage };
  const { field = [] } = detailsOf(extensions);
  const path = ofRequest(field);
  // The message names the argument by its path in the graph.
  return { code, detail: message.replace(field.join('.'), path.join('.')), ...partOf(parameters, path) };
}
