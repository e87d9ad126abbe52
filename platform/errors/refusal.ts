/**
 * A refusal that a customer can act on: a value that services return, never an exception. `field` is the path from the
 * mutation's arguments to the invalid value.
 */
export interface Refusal<Code extends string> {
  readonly refused: Code;
  readonly message: string;
  readonly field: readonly string[] | null;
  /** The other refusals of the same request. */
  readonly others?: readonly Refusal<Code>[];
}

export function refuse<Code extends string>(
  refused: Code,
  message: string,
  field: readonly string[] | null = null,
): Refusal<Code> {
  return { refused, message, field };
}

/** Combines refusals: the first contains the others. Returns null if there is none. */
export function together<Code extends string>(refusals: readonly (Refusal<Code> | null)[]): Refusal<Code> | null {
  const [first, ...others] = refusals.flatMap((refusal) => (refusal === null ? [] : each(refusal)));
  return first === undefined ? null : { ...first, others };
}

/** Returns a refusal and those that it contains as a list. */
export function each<Code extends string>(refusal: Refusal<Code>): Refusal<Code>[] {
  const { others = [], ...first } = refusal;
  return [first, ...others];
}

export function isRefusal(value: unknown): value is Refusal<string> {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** The shape of a refusal in the schema's `userErrors`. */
export function userErrors<Code extends string>(refusal: Refusal<Code>) {
  return each(refusal).map(({ refused: code, message, field }) => ({
    code,
    message,
    field: field === null ? null : [...field],
  }));
}

/**
 * Returns a mutation's payload: the result under `name`, or the refusals in `userErrors`.
 */
export function payload<Name extends string, Value extends object, Code extends string>(
  name: Name,
  outcome: Value | Refusal<Code>,
) {
  const refused = isRefusal(outcome);
  return {
    [name]: refused ? null : outcome,
    userErrors: refused ? userErrors(outcome) : [],
  } as { [Key in Name]: Value | null } & { userErrors: ReturnType<typeof userErrors<Code>> };
}
