import { createPrivateKey, type KeyObject } from 'node:crypto';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  errors,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { ormTime } from '#platform/postgres/expressions.ts';
import { signatureAlgorithm } from '#platform/identity/identity.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';
import { SigningKey } from '#user/entities/signing-key.ts';

/**
 * The keys that sign access tokens. All processes of the subgraph share them in its database, whose clock measures the
 * age of a key.
 *
 * A key signs until it is retired, and is published until the last token that it signed has expired. Its successor is
 * published a minute before it signs, so that every verifier has it by then.
 */
export interface Keyring {
  readonly signingKey: () => Promise<SignatureKey>;
  readonly published: () => Promise<JSONWebKeySet>;
  /** The published keys for this process's own use. */
  readonly verificationKey: JWTVerifyGetKey;
}

export interface SignatureKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

export interface KeyRules {
  readonly ACCESS_TOKEN_TTL_S: number;
  readonly SIGNING_KEY_MAX_AGE_S: number;
}

/** Longer than the caches of an older key set together: that of this process, and that of a verifier. */
const publishedBeforeUseS = 60;

/** Covers a token's last second and small clock differences. */
const publishedAfterUseS = 60;

const rememberedMs = 10_000;

/** The minimum time between two reads that tokens with an unknown key cause. */
const pauseMs = 1_000;

export function createKeyring(em: Manager, rules: KeyRules, log: Log): Keyring {
  let known: { readonly keys: Keys; readonly readAtMs: number } | undefined;
  let reading: Promise<Keys> | undefined;

  async function read(): Promise<Keys> {
    try {
      const keys = await currentKeys(em.fork(), rules);
      known = { keys, readAtMs: performance.now() };
      return keys;
    } catch (error) {
      if (known === undefined) throw error;
      log.warn({ reason: errorText(error) }, 'could not read the signing keys; using the cached ones');
      return known.keys;
    } finally {
      reading = undefined;
    }
  }

  async function keysNotOlderThan(ageMs: number): Promise<Keys> {
    if (known !== undefined && performance.now() - known.readAtMs < ageMs) return known.keys;
    return await (reading ??= read());
  }

  return {
    signingKey: async () => (await keysNotOlderThan(rememberedMs)).signing,
    published: async () => (await keysNotOlderThan(rememberedMs)).published,
    verificationKey: async (header, token) => {
      try {
        return await (await keysNotOlderThan(rememberedMs)).verify(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
        return await (await keysNotOlderThan(pauseMs)).verify(header, token);
      }
    },
  };
}

interface Keys {
  readonly signing: SignatureKey;
  readonly published: JSONWebKeySet;
  readonly verify: JWTVerifyGetKey;
}

async function currentKeys(em: Manager, rules: KeyRules): Promise<Keys> {
  let rows = await readKeys(em, rules);
  if (needsNewKey(rows, rules)) {
    await em.transactional(async (transaction) => await rotate(transaction, rules));
    rows = await readKeys(em, rules);
  }
  const { kid, privateJwk } = rows.find(({ retiredForS }) => retiredForS == null || retiredForS < 0)!;
  const published = { keys: rows.map(({ publicJwk }) => publicJwk) };
  return {
    signing: { kid, privateKey: createPrivateKey({ key: privateJwk, format: 'jwk' }) },
    published,
    verify: createLocalJWKSet(published),
  };
}

/** The keys of all valid tokens, oldest first. The first key that is not retired signs. */
async function readKeys(em: Manager, { ACCESS_TOKEN_TTL_S }: KeyRules) {
  const published = [{ retiredAt: null }, { retiredAt: { $gt: ormTime(-(ACCESS_TOKEN_TTL_S + publishedAfterUseS)) } }];
  const orderBy = { createdAt: 'asc', kid: 'asc' } as const;
  return await em.find(SigningKey, { $or: published }, { orderBy, disableIdentityMap: true });
}

function needsNewKey(keys: readonly { readonly ageS: number }[], { SIGNING_KEY_MAX_AGE_S }: KeyRules): boolean {
  return keys.every(({ ageS }) => ageS > SIGNING_KEY_MAX_AGE_S);
}

/** Creates the first key or the next one. The lock lets one process create it; the others read its key. */
async function rotate(em: Manager, rules: KeyRules): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('signing keys'))`.execute(em.getKysely());
  if (!needsNewKey(await readKeys(em, rules), rules)) return;

  const expired = ormTime(-(rules.ACCESS_TOKEN_TTL_S + publishedAfterUseS));
  await em.nativeUpdate(SigningKey, { retiredAt: null }, { retiredAt: ormTime(publishedBeforeUseS) });
  await em.nativeDelete(SigningKey, { retiredAt: { $lt: expired } });
  await em.insert(SigningKey, await generateKey());
}

async function generateKey() {
  const pair = await generateKeyPair(signatureAlgorithm, { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(pair.publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    kid,
    publicJwk: { ...publicJwk, kid, alg: signatureAlgorithm, use: 'sig' },
    privateJwk: await exportJWK(pair.privateKey),
  };
}
