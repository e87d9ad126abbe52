import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { z } from 'zod';

/** Encrypts secrets that the product must read again (AES-256-GCM), so that a copy of the database does not contain them. */
export interface SecretCipher {
  /** @param owner the id of the row with the secret: an encrypted secret of another row does not decrypt. */
  readonly encrypt: (owner: string, secret: string) => Buffer;
  /** @throws Error where no key fits. */
  readonly decrypt: (owner: string, encrypted: Buffer) => string;
  /** Whether a secret is encrypted with an earlier key, which a rotation is about to remove. */
  readonly isStale: (owner: string, encrypted: Buffer) => boolean;
}

/** A setting with the keys of a cipher: the first one encrypts, each decrypts. */
export const cipherKeys = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().regex(/^[0-9a-f]{64}$/, 'must be a list of keys, each with 64 hexadecimal digits')).max(16))
  .transform((keys) => keys.map((key) => createSecretKey(Buffer.from(key, 'hex'))));

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export interface CipherOptions {
  /** The keys: the first one encrypts. */
  readonly keys: readonly KeyObject[];
  /** The setting of the keys. */
  readonly setting: string;
  /** What the secrets are. A key of another purpose does not decrypt them. */
  readonly purpose: string;
}

export function secretCipher({ keys: secrets, setting, purpose }: CipherOptions): SecretCipher {
  const keys = secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', purpose, 32)));

  return {
    encrypt: (owner, secret) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, keys[0]!, nonce, { authTagLength: tagBytes }).setAAD(Buffer.from(owner));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    decrypt: (owner, encrypted) => {
      for (const key of keys) {
        const secret = tryKey(key, owner, encrypted);
        if (secret !== null) return secret;
      }
      throw new Error(`no key of ${setting} decrypts one of the ${purpose}`);
    },
    isStale: (owner, encrypted) => tryKey(keys[0]!, owner, encrypted) === null,
  };
}

function tryKey(key: Buffer, owner: string, encrypted: Buffer): string | null {
  const nonce = encrypted.subarray(0, nonceBytes);
  const tag = encrypted.subarray(nonceBytes, nonceBytes + tagBytes);
  const cipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(owner)).setAuthTag(tag);
  try {
    return cipher.update(encrypted.subarray(nonceBytes + tagBytes), undefined, 'utf8') + cipher.final('utf8');
  } catch {
    return null;
  }
}
