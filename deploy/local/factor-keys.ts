import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A new key for the secrets of authenticator apps. */
export const newFactorKey = () => randomBytes(32).toString('hex');

/**
 * The keys that encrypt the secrets of authenticator apps on this machine. The first call stores a new key in the data
 * folder, where only the user of the process can read it: a copy of the databases does not contain it.
 *
 * @returns the setting.
 */
export function keptFactorKeys(dataFolder: string): { readonly USER_FACTOR_KEYS: string } {
  const file = join(dataFolder, 'factor-keys');
  const kept = readKept(file);
  if (kept !== null) return { USER_FACTOR_KEYS: kept };
  mkdirSync(dataFolder, { recursive: true });
  const whole = `${file}.${randomUUID()}`;
  writeFileSync(whole, `${newFactorKey()}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(whole, file);
  } catch (error) {
    // Another launcher was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(whole);
  }
  return { USER_FACTOR_KEYS: readFileSync(file, 'utf8').trim() };
}

function readKept(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
