/**
 * A refusal that a customer can act on: a value that services return, never an exception. `field` is the path from the
 * mutation's arguments to the invalid value.
 */
export interface Refusal<Code extends string> {
  readonly refused: Code;
  readonly message: string;
  readonly field: readonly string[] | null;
  /** For a refusal by a bound: the number of whole seconds after which the bound is open again. */
  readonly retryAfterS?: number;
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

/**
 * Refuses by a bound.
 *
 * @param waitS the seconds until the bound is open again. The message ends with them, in words.
 */
export function refuseUntil<Code extends string>(
  refused: Code,
  message: string,
  waitS: number,
  field: readonly string[] | null = null,
): Refusal<Code> {
  const retryAfterS = Math.max(1, Math.ceil(waitS));
  return { ...refuse(refused, `${message} Try again in ${inWords(retryAfterS)}.`, field), retryAfterS };
}

/** Rounds up: after this time the bound is open. */
function inWords(seconds: number): string {
  if (seconds < 100) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
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
  return each(refusal).map(({ refused: code, message, field, retryAfterS = null }) => ({
    code,
    message,
    field: field === null ? null : [...field],
    retryAfterS,
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
