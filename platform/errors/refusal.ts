/**
 * A refusal that a person can act on: a value that services return, never an exception.
 * `field` is the way from the mutation's arguments to what was wrong.
 */
export interface Refusal<Code extends string> {
  readonly refused: Code;
  readonly message: string;
  readonly field: readonly string[] | null;
  /** What else is wrong with the same request. */
  readonly others?: readonly Refusal<Code>[];
}

export function refuse<Code extends string>(
  refused: Code,
  message: string,
  field: readonly string[] | null = null,
): Refusal<Code> {
  return { refused, message, field };
}

/** Several refusals as one: the first contains the others. Null where there is none. */
export function together<Code extends string>(refusals: readonly (Refusal<Code> | null)[]): Refusal<Code> | null {
  const [first, ...others] = refusals.flatMap((refusal) => (refusal === null ? [] : each(refusal)));
  return first === undefined ? null : { ...first, others };
}

/** A refusal and those that it contains, each on its own. */
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
 * A mutation's payload: what was made under `name`, or what refused it in `userErrors`.
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
