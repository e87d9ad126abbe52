/** A GraphQL operation with the types of its result and of its variables. */
export interface Operation<Data, Variables> {
  readonly kind: 'query' | 'mutation' | 'subscription';
  readonly name: string;
  readonly text: string;
  /** Whether its input has an idempotency key, so that a repeated request takes effect once. */
  readonly isKeyed: boolean;
  /** Carries the types. It has no value. */
  readonly types?: (variables: Variables) => Data;
}

/**
 * Creates an operation. Use it for operations of your own; the package has one for each common request.
 *
 * @param isKeyed whether `$input` has the field `idempotencyKey`.
 */
export function operation<Data, Variables>(
  kind: Operation<Data, Variables>['kind'],
  name: string,
  text: string,
  isKeyed = false,
): Operation<Data, Variables> {
  return { kind, name, text, isKeyed };
}

/** The variables as a caller gives them: the client makes a key where the input has none. */
export type Given<Variables> = Variables extends { readonly input: { readonly idempotencyKey: string } }
  ? Omit<Variables, 'input'> & { readonly input: WithOptionalKey<Variables['input']> }
  : Variables;

type WithOptionalKey<Input> = Omit<Input, 'idempotencyKey'> & { readonly idempotencyKey?: string };

/** The arguments after the operation: the variables may be left out where none is required. */
export type Arguments<Variables, Options> =
  Record<string, never> extends Given<Variables>
    ? [variables?: Given<Variables>, options?: Options]
    : [variables: Given<Variables>, options?: Options];
