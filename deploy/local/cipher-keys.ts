import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The settings of the keys that encrypt secrets in the databases, and the file of each in the data folder. */
const files = { USER_FACTOR_KEYS: 'factor-keys', NOTIFICATION_WEBHOOK_KEYS: 'webhook-keys' } as const;

export type CipherKeys = Readonly<Record<keyof typeof files, string>>;

/** A new key. */
const newKey = () => randomBytes(32).toString('hex');

const keysBy = (keyOf: (file: string) => string) =>
  Object.fromEntries(Object.entries(files).map(([setting, file]) => [setting, keyOf(file)])) as CipherKeys;

/** New keys, for new databases. */
export const newCipherKeys = (): CipherKeys => keysBy(newKey);

/** The settings that the environment does not have. An empty one counts as not set. */
export function cipherKeysUnlessSet(environment: NodeJS.ProcessEnv, keysOf: () => CipherKeys): Partial<CipherKeys> {
  const isMissing = (setting: string) => (environment[setting] ?? '') === '';
  if (!Object.keys(files).some(isMissing)) return {};
  return Object.fromEntries(Object.entries(keysOf()).filter(([setting]) => isMissing(setting)));
}

/**
 * The keys that encrypt secrets in the databases on this machine. The first call stores new keys in the data folder,
 * where only the user of the process can read them: a copy of the databases does not contain them.
 */
export function keptCipherKeys(dataFolder: string): CipherKeys {
  return keysBy((name) => keptKey(dataFolder, join(dataFolder, name)));
}

/** The keys in the data folder. It creates none: a key that is missing has encrypted nothing here. */
export function storedCipherKeys(dataFolder: string): Partial<CipherKeys> {
  const stored = keysBy((name) => readKept(join(dataFolder, name)) ?? '');
  return Object.fromEntries(Object.entries(stored).filter(([, key]) => key !== ''));
}

function keptKey(dataFolder: string, file: string): string {
  const kept = readKept(file);
  if (kept !== null) return kept;
  mkdirSync(dataFolder, { recursive: true });
  const whole = `${file}.${randomUUID()}`;
  writeFileSync(whole, `${newKey()}\n`, { mode: 0o600, flush: true });
  try {
    linkSync(whole, file);
  } catch (error) {
    // Another launcher was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(whole);
  }
  return readFileSync(file, 'utf8').trim();
}

function readKept(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
