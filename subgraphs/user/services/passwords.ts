import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { fault } from '#platform/faults.ts';
import { isTooLongForPassword } from '#user/domain/password.ts';
import { formatPasswordHash, type HashCost, parsePasswordHash } from '#user/domain/password-hash.ts';

/**
 * The second of the settings that OWASP names for argon2id: some 25 ms on one core.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const cost: HashCost = { memoryKib: 19_456, passes: 2, lanes: 1 };

const saltBytes = 16;
const hashBytes = 32;

/** What to store of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  return formatPasswordHash({ cost, salt, hash: await derive(password, salt, cost, hashBytes) });
}

/** Nobody's hash: no password fits it. */
const nobodys = formatPasswordHash({ cost, salt: randomBytes(saltBytes), hash: randomBytes(hashBytes) });

/** Whether the password fits. Where there is no hash to fit, it takes as long to say so. */
export async function passwordFits(password: string, stored: string | undefined): Promise<boolean> {
  const { cost: storedCost, salt, hash } = parsePasswordHash(stored ?? nobodys);
  return timingSafeEqual(await derive(password, salt, storedCost, hash.length), hash);
}

const argon2Async = promisify(argon2);

/**
 * What is typed on another keyboard, in another Unicode form, is the same password (NIST SP 800-63B, 3.1.1.2).
 *
 * @throws RangeError where the text is longer than a password: its caller has not looked.
 */
async function derive(password: string, nonce: Buffer, { memoryKib, passes, lanes }: HashCost, tagLength: number) {
  if (isTooLongForPassword(password))
    throw new RangeError('a text that may be too long for a password was not checked');
  const message = password.normalize('NFKC');
  const parameters = { message, nonce, parallelism: lanes, tagLength, memory: memoryKib, passes };
  return await inTurn(async () => await argon2Async('argon2id', parameters));
}

/** Node's thread pool has four threads: one is left to everything else, such as signatures and DNS. */
const hashedAtOnce = Math.min(availableParallelism(), 3);

/** Who would have to wait longer than these is sent away, since they would be gone before their turn. */
const mostWaiting = 500;

let running = 0;
const waiting: (() => void)[] = [];

/** @throws SERVICE_UNAVAILABLE where too many wait already. */
async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running < hashedAtOnce) running += 1;
  else if (waiting.length < mostWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
  else throw fault('SERVICE_UNAVAILABLE', 'Too many people are signing in. Try again shortly.');
  try {
    return await work();
  } finally {
    // The turn is handed on as it is, or given up where nobody waits.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
