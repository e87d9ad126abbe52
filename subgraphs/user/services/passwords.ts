import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Caller } from '#platform/http/callers.ts';
import { isTooLongForPassword } from '#user/domain/password.ts';
import { formatPasswordHash, type HashCost, parsePasswordHash } from '#user/domain/password-hash.ts';
import { HashTurns, type TurnRules } from './hash-turns.ts';

/**
 * The second configuration that OWASP recommends for argon2id. It takes about 25 ms on one core.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const cost: HashCost = { memoryKib: 19_456, passes: 2, lanes: 1 };

const saltBytes = 16;
const hashBytes = 32;

/** Hashes passwords. Every method waits for the caller's turn: see `HashTurns`. */
export interface Passwords {
  /**
   * Returns the text to store for a password.
   *
   * @throws RATE_LIMITED, SERVICE_UNAVAILABLE
   */
  readonly hash: (caller: Caller, password: string) => Promise<string>;
  /**
   * Whether the password matches the hash. It takes as long if there is no hash.
   *
   * @throws RATE_LIMITED, SERVICE_UNAVAILABLE
   */
  readonly fits: (caller: Caller, password: string, stored: string | undefined) => Promise<boolean>;
}

/** A random hash that no password matches. */
const unmatchable = formatPasswordHash({ cost, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) });

export function createPasswords(rules: TurnRules): Passwords {
  const turns = new HashTurns(rules);
  return {
    hash: async (caller, password) => {
      const salt = randomBytes(saltBytes);
      const hash = await turns.run(caller, async () => await derive(password, salt, cost, hashBytes));
      return formatPasswordHash({ cost, salt, hash });
    },
    fits: async (caller, password, stored) => {
      const { cost: storedCost, salt, hash } = parsePasswordHash(stored ?? unmatchable);
      const derived = await turns.run(caller, async () => await derive(password, salt, storedCost, hash.length));
      const fits = timingSafeEqual(derived, hash);
      if (fits) turns.know(caller.sender);
      return fits;
    },
  };
}

const argon2Async = promisify(argon2);

/**
 * Normalizes a password, so that its Unicode form does not depend on the keyboard (NIST SP 800-63B, 3.1.1.2).
 *
 * @throws RangeError if the text is longer than a password: the caller must check the length first.
 */
async function derive(password: string, nonce: Buffer, { memoryKib, passes, lanes }: HashCost, tagLength: number) {
  if (isTooLongForPassword(password)) throw new RangeError('the caller did not check the length of a password');
  const message = password.normalize('NFKC');
  const parameters = { message, nonce, parallelism: lanes, tagLength, memory: memoryKib, passes };
  return await argon2Async('argon2id', parameters);
}
