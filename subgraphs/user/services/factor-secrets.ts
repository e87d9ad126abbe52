import type { KeyObject } from 'node:crypto';
import { secretCipher, type SecretCipher } from '#platform/identity/secret-cipher.ts';

/** Encrypts the secrets of authenticator apps. The owner of a secret is the user. */
export type FactorSecrets = SecretCipher;

/** @param keys the keys of USER_FACTOR_KEYS; the first one encrypts. */
export function factorSecrets(keys: readonly KeyObject[]): FactorSecrets {
  return secretCipher({ keys, setting: 'USER_FACTOR_KEYS', purpose: 'secrets of second factors' });
}
