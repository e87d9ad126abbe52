export const apiPath = '/api/v1';

/** The refusals of mutations with an idempotency key. */
export const keyed: readonly string[] = ['INVALID_IDEMPOTENCY_KEY', 'IDEMPOTENCY_KEY_REUSED'];

/** The groups of routes in the OpenAPI document. */
type Tag =
  | 'Users'
  | 'Sessions'
  | 'Accounts'
  | 'Transactions'
  | 'Movements of money'
  | 'Orders'
  | 'Notifications'
  | 'Webhooks'
  | 'Shops';

/**
 * A route of the REST API. The whole API follows from these tables: the handlers (rest.ts), the OpenAPI document
 * (tools/interfaces/rest/) and the registered operations (tools/operations.ts).
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path below `/api/v1`, with parameters such as `{id}`. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  /** The operation. Each of its variables is a parameter of the route: parameters.ts says where it is sent. */
  readonly document: string;
  /** Where the result is in the operation's data. Mutations have their payload under `payload`. */
  readonly result: readonly string[];
  readonly answer: Answer;
  /** The codes of the user errors that the mutation documents. */
  readonly refusals?: readonly string[];
  /** Whether it needs no access token. */
  readonly isPublic?: true;
  /** Paths that the result refers to, by relation; `{id}` is its id. */
  readonly links?: Readonly<Record<string, string>>;
}

/** How a result becomes a response. */
export type Answer =
  /** 200 with the object, or 404. */
  | { readonly kind: 'object' }
  /** 200 with a page of a connection, or with a plain list. */
  | { readonly kind: 'list' }
  /** 200 with the changed object. */
  | { readonly kind: 'changed' }
  /** 201 with the new object, which is at `location`; 200 if an earlier request with the same key made it. `{a.b}` in the location is a member of the result. */
  | { readonly kind: 'made'; readonly location: string }
  /** 200 or 201 with the tokens; 202 if a sign-in that `challenges` needs a second factor. */
  | { readonly kind: 'session'; readonly isNew: boolean; readonly location?: string; readonly challenges?: true }
  /** An order. It is read with 200; otherwise it is 202 while it is under way, 201 if this request placed it, or 200. */
  | { readonly kind: 'order'; readonly by: 'placing' | 'cancelling' | 'refunding' | 'reading' }
  /** 204. */
  | { readonly kind: 'nothing' };
