import { breaksUnique } from '#platform/postgres/database.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/**
 * Runs a write that assigns an email address. The database decides whether the address is taken, because two requests
 * can use one address at the same time.
 */
export async function unlessEmailTaken<Value>(work: () => Promise<Value>): Promise<Value | Refusal<'EMAIL_TAKEN'>> {
  try {
    return await work();
  } catch (error) {
    if (!breaksUnique(error, 'users_email_taken')) throw error;
    return refuse('EMAIL_TAKEN', 'This email address is already registered.', ['input', 'email']);
  }
}
