import { sql } from 'kysely';
import { z } from 'zod';
import { breaksUnique, type Manager } from '#platform/postgres/database.ts';
import { readRow } from '#platform/postgres/read-rows.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/**
 * Runs a write that assigns an email address. The database decides whether the address is taken, because two requests
 * can use one address at the same time. An address is also taken while a link can restore it for another user.
 *
 * @param field the path to the address in the arguments; null if they do not contain it.
 */
export async function unlessEmailTaken<Value>(
  work: () => Promise<Value>,
  field: readonly string[] | null = ['input', 'email'],
): Promise<Value | Refusal<'EMAIL_TAKEN'>> {
  try {
    return await work();
  } catch (error) {
    if (!breaksUnique(error, 'users_email_taken')) throw error;
    return emailTaken(field);
  }
}

/** Whether a link can restore the address for another user. The trigger on `users` calls the same function. */
export async function isEmailHeld(em: Manager, emailKey: string, userId: string): Promise<boolean> {
  return (await readRow(em, held, sql`select is_email_held(${emailKey}, ${userId}) as held`)).held;
}

const held = z.object({ held: z.boolean() });

export function emailTaken(field: readonly string[] | null): Refusal<'EMAIL_TAKEN'> {
  return refuse('EMAIL_TAKEN', 'This email address is already registered.', field);
}
