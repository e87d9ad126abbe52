import { maskedNumber, maskedText } from '#platform/identity/masking.ts';

/** For whom a transaction is shown to staff. */
export interface RecordScope {
  /** The customer whose record it is. */
  readonly recordOf: string;
  /** Whether what belongs to other customers is masked. */
  readonly isMasked: boolean;
}

interface Described extends RecordScope {
  readonly description?: string | null;
  readonly fromCustomerId?: string | null;
}

/** The description. One that another customer wrote can be masked. */
export function shownDescription({ description, fromCustomerId, ...scope }: Described): string | null {
  if (description == null) return null;
  return hides(scope, fromCustomerId) ? maskedText : description;
}

/** The number of an account on one side. One of another customer can be masked. */
export function shownNumber(
  scope: RecordScope,
  ownerId: string | null | undefined,
  number: string | null,
): string | null {
  return number !== null && hides(scope, ownerId) ? maskedNumber(number) : number;
}

function hides({ recordOf, isMasked }: RecordScope, ownerId: string | null | undefined): boolean {
  return isMasked && ownerId != null && ownerId !== recordOf;
}
