import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PassThrough, type Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';

/**
 * The files of a backup: compressed, and encrypted with AES-256-GCM if there is a key. An encrypted file is its nonce, the
 * text and the tag; the name of the file is authenticated too, so that files cannot be exchanged.
 */

export interface FileKey {
  readonly encryption: Buffer;
  readonly authentication: Buffer;
}

/** Derives the keys of a backup from the setting BACKUP_KEY. */
export function fileKeyOf(backupKey: string): FileKey {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', Buffer.from(backupKey, 'hex'), '', use, 32));
  return { encryption: derive('encryption of a backup'), authentication: derive('authentication of a backup') };
}

const nonceBytes = 12;
const tagBytes = 16;
const algorithm = 'aes-256-gcm';

/** Writes a file. @returns the SHA-256 of its bytes. */
export async function writeStored(
  path: string,
  name: string,
  key: FileKey | null,
  source: Readable,
  signal: AbortSignal,
): Promise<string> {
  const digest = createHash('sha256');
  const counted = tap((chunk) => digest.update(chunk));
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  const compressed = createZstdCompress();
  if (key === null) await pipeline(source, compressed, counted, file, { signal });
  else await pipeline(source, compressed, encrypting(key, name), counted, file, { signal });
  return digest.digest('hex');
}

/**
 * Reads a file into a stream.
 *
 * @returns the SHA-256 of its bytes.
 * @throws if it was not encrypted with this key under this name.
 */
export async function readStored(
  path: string,
  name: string,
  key: FileKey | null,
  target: Writable,
  signal: AbortSignal,
): Promise<string> {
  const digest = createHash('sha256');
  const counted = tap((chunk) => digest.update(chunk));
  if (key === null) {
    await pipeline(createReadStream(path), counted, createZstdDecompress(), target, { signal });
    return digest.digest('hex');
  }
  const { size } = await stat(path);
  const end = size - tagBytes;
  if (end < nonceBytes) throw new Error(`${name} is cut off`);
  const [nonce, tag] = await readEnds(path, end);
  const decipher = createDecipheriv(algorithm, key.encryption, nonce).setAAD(Buffer.from(name)).setAuthTag(tag);
  digest.update(nonce);
  const text = end > nonceBytes ? createReadStream(path, { start: nonceBytes, end: end - 1 }) : new PassThrough().end();
  await pipeline(text, counted, decipher, createZstdDecompress(), target, { signal });
  return digest.update(tag).digest('hex');
}

async function readEnds(path: string, end: number): Promise<[nonce: Buffer, tag: Buffer]> {
  const file = await open(path);
  try {
    const [nonce, tag] = [Buffer.alloc(nonceBytes), Buffer.alloc(tagBytes)];
    await file.read(nonce, 0, nonceBytes, 0);
    await file.read(tag, 0, tagBytes, end);
    return [nonce, tag];
  } finally {
    await file.close();
  }
}

function encrypting(key: FileKey, name: string): Transform {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key.encryption, nonce).setAAD(Buffer.from(name));
  let begun = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!begun) this.push(nonce);
      begun = true;
      done(null, cipher.update(chunk));
    },
    flush(done) {
      if (!begun) this.push(nonce);
      this.push(cipher.final());
      done(null, cipher.getAuthTag());
    },
  });
}

function tap(look: (chunk: Buffer) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      look(chunk);
      done(null, chunk);
    },
  });
}

/** The code that shows that a text was written with the key. */
export function macOf(key: FileKey, text: string): string {
  return createHmac('sha256', key.authentication).update(text).digest('hex');
}
