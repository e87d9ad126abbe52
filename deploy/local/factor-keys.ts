import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The setting of the keys that encrypt the secrets of authenticator apps. */
export interface FactorKeys {
  readonly USER_FACTOR_KEYS?: string;
}

/** A new key. */
const newFactorKey = () => randomBytes(32).toString('hex');

/** A new key, for new databases. */
export const newFactorKeys = (): FactorKeys => ({ USER_FACTOR_KEYS: newFactorKey() });

/** The setting where the environment does not have it. An empty one counts as not set. */
export function factorKeysUnlessSet(environment: NodeJS.ProcessEnv, keysOf: () => FactorKeys): FactorKeys {
  return (environment['USER_FACTOR_KEYS'] ?? '') === '' ? keysOf() : {};
}

/**
 * The keys that encrypt the secrets of authenticator apps on this machine. The first call stores a new key in the data
 * folder, where only the user of the process can read it: a copy of the databases does not contain it.
 *
 * @returns the setting.
 */
export function keptFactorKeys(dataFolder: string): FactorKeys {
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
