import { breaksUnique } from '#platform/postgres/database.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/**
 * Runs a write that assigns an email address. The database decides whether the address is taken, because two requests
 * can use one address at the same time.
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

export function emailTaken(field: readonly string[] | null): Refusal<'EMAIL_TAKEN'> {
  return refuse('EMAIL_TAKEN', 'This email address is already registered.', field);
}
