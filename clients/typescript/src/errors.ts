import type { FaultCode } from './codes.generated.ts';
import type { UserErrorCode } from './operations.generated.ts';

/** Every error that this package throws for a request. */
export class WalletError extends Error {
  /**
   * The idempotency key of the mutation: a repetition with this key and the same input takes effect once. Null for
   * requests without a key.
   */
  readonly idempotencyKey: string | null;

  constructor(message: string, { idempotencyKey = null, ...options }: WalletErrorOptions = {}) {
    super(message, options);
    this.name = new.target.name;
    this.idempotencyKey = idempotencyKey;
  }
}

/** A copy of an error for one caller. Callers that wait for one shared request get the same error. */
export function withKey(error: WalletError, idempotencyKey: string | null): WalletError {
  const copy = new Error(error.message);
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object);
  const changed = {
    stack: { value: error.stack, writable: true, configurable: true },
    idempotencyKey: { value: idempotencyKey, writable: true, configurable: true, enumerable: true },
  };
  return Object.defineProperties(copy, { ...Object.getOwnPropertyDescriptors(error), ...changed }) as WalletError;
}

export interface WalletErrorOptions extends ErrorOptions {
  readonly idempotencyKey?: string | null;
}

/** No answer came, or an answer of a proxy. A mutation may have taken effect. */
export class ConnectionLost extends WalletError {
  /** From the header `Retry-After`, in seconds. */
  readonly retryAfterS: number | null;

  constructor(
    reason: string,
    { retryAfterS = null, ...options }: WalletErrorOptions & { retryAfterS?: number | null } = {},
  ) {
    super(`The server can't be reached: ${reason}.`, options);
    this.retryAfterS = retryAfterS;
  }
}

/** A top-level error of a GraphQL result. */
export interface Fault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly retryAfterS?: number };
}

/** The server refused a request with top-level errors. */
export class RequestFailed extends WalletError {
  /** The code of the first error. A newer server may have codes that this version does not know. */
  readonly code: FaultCode | (string & {});
  readonly errors: readonly Fault[];
  /** The part of the data that the server could read; null if there is none. */
  readonly data: unknown;
  /** The longest time to wait that the errors name, in seconds. */
  readonly retryAfterS: number | null;

  constructor(
    errors: readonly [Fault, ...Fault[]],
    {
      data = null,
      retryAfterS = null,
      ...options
    }: WalletErrorOptions & { data?: unknown; retryAfterS?: number | null } = {},
  ) {
    super(errors[0].message, options);
    this.code = errors[0].extensions?.code ?? 'INTERNAL_SERVER_ERROR';
    this.errors = errors;
    this.data = data;
    const hints = errors.flatMap(({ extensions }) => extensions?.retryAfterS ?? []);
    this.retryAfterS = hints.length > 0 ? Math.max(...hints) : retryAfterS;
  }
}

/** The server did not accept the access token. */
export function isUnauthenticated(error: unknown): error is RequestFailed {
  return error instanceof RequestFailed && error.code === 'UNAUTHENTICATED';
}

/** A refusal of a mutation, on which a person can act. */
export interface UserError {
  readonly code: UserErrorCode;
  readonly message: string;
  /** The path from the mutation's arguments to the invalid value. */
  readonly field: readonly string[] | null;
}

/** A mutation was refused: `accepted` throws it. */
export class Refused extends WalletError {
  readonly code: UserErrorCode;
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly [UserError, ...UserError[]]) {
    super(userErrors[0].message);
    this.code = userErrors[0].code;
    this.userErrors = userErrors;
  }
}

/**
 * Returns the payload of a mutation that was not refused.
 *
 * @throws Refused
 */
export function accepted<Payload extends { readonly userErrors: readonly UserError[] }>(
  payload: Payload | null | undefined,
): Payload {
  if (payload == null) throw new WalletError('The mutation has no payload.');
  const [first, ...others] = payload.userErrors;
  if (first !== undefined) throw new Refused([first, ...others]);
  return payload;
}

/** The token endpoint refused the credentials of an API client (RFC 6749, section 5.2). */
export class TokenRefused extends WalletError {
  /** Such as `invalid_client`. */
  readonly code: string;

  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }
}
