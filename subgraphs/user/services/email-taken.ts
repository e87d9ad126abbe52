import { breaksUnique } from '#platform/postgres/database.ts';
import { refuse, type Refusal } from '#platform/errors/refusal.ts';

/**
 * Does what gives somebody an address. That it is taken is for the database to say, where two may ask for one
 * address at the same time.
 */
export async function unlessEmailTaken<Value>(work: () => Promise<Value>): Promise<Value | Refusal<'EMAIL_TAKEN'>> {
  try {
    return await work();
  } catch (error) {
    if (!breaksUnique(error, 'users_email_taken')) throw error;
    return refuse('EMAIL_TAKEN', 'This email address is already registered.', ['input', 'email']);
  }
}
