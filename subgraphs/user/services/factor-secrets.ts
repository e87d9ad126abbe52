import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';

/** Encrypts the secrets of authenticator apps (AES-256-GCM), so that a copy of the database does not contain them. */
export interface FactorSecrets {
  readonly encrypt: (userId: string, secret: string) => Buffer;
  /** @throws Error where no key fits. */
  readonly decrypt: (userId: string, encrypted: Buffer) => string;
  /** Whether a secret is encrypted with an earlier key, which a rotation is about to remove. */
  readonly isStale: (userId: string, encrypted: Buffer) => boolean;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** @param secrets the keys of USER_FACTOR_KEYS; the first one encrypts. */
export function factorSecrets(secrets: readonly KeyObject[]): FactorSecrets {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'secrets of second factors', 32)));

  return {
    encrypt: (userId, secret) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, keys[0]!, nonce, { authTagLength: tagBytes }).setAAD(
        Buffer.from(userId),
      );
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    decrypt: (userId, encrypted) => {
      for (const key of keys) {
        const secret = tryKey(key, userId, encrypted);
        if (secret !== null) return secret;
      }
      throw new Error('no key of USER_FACTOR_KEYS decrypts the secret of a second factor');
    },
    isStale: (userId, encrypted) => tryKey(keys[0]!, userId, encrypted) === null,
  };
}

function tryKey(key: Buffer, userId: string, encrypted: Buffer): string | null {
  const nonce = encrypted.subarray(0, nonceBytes);
  const tag = encrypted.subarray(nonceBytes, nonceBytes + tagBytes);
  const cipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(userId)).setAuthTag(tag);
  try {
    return cipher.update(encrypted.subarray(nonceBytes + tagBytes), undefined, 'utf8') + cipher.final('utf8');
  } catch {
    return null;
  }
}
