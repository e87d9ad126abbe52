import { z } from 'zod';
import { readSettings } from '#platform/process/settings.ts';
import { type FileKey, fileKeyOf } from './stored-files.ts';

export const settings = {
  BACKUP_KEY: z
    .string()
    .regex(/^[\da-f]{64}$/i, 'must be 64 hexadecimal digits, such as `openssl rand -hex 32` prints')
    .optional(),
};

/** Reads the key that encrypts backups; null if they are not encrypted. */
export function readFileKey(environment = process.env): FileKey | null {
  const { BACKUP_KEY: key } = readSettings(settings, environment);
  return key === undefined ? null : fileKeyOf(key);
}
