import { z } from 'zod';
import type { Signatures } from './outbox.ts';

/**
 * The JSON columns of an outbox row. A value of another shape reads as an empty object: the relay then dead-letters
 * that row, and the other rows of its batch go on.
 */
export const payloadColumn = z.unknown().transform(recordOf);

export const signaturesColumn = z
  .unknown()
  .transform((value): Signatures =>
    Object.fromEntries(
      Object.entries(recordOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
  );

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
