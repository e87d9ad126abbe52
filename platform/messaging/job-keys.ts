import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type OutboxKind, type SubgraphName, subgraphNames } from './outbox-kinds.ts';

/**
 * How a subgraph tells that a job is another's: each two share a key that nobody else has, not even the relay and the
 * queue server, which only carry jobs. A message authentication code costs some three microseconds, a signature with a
 * key pair some fifty; and nobody else has to be convinced.
 */
export interface JobKeys {
  readonly own: SubgraphName;
  /** The keys that are shared with another, or, for its own jobs, by the processes of one. The first one signs. */
  readonly sharedWith: (other: SubgraphName) => readonly KeyObject[];
}

const entry = new RegExp(`^(${subgraphNames.join('|')})=([0-9a-f]{64})$`);

/** A setting such as `billing=<64 hexadecimal digits>,order=…`. A name may be repeated: the first of its keys signs. */
export const jobKeysSetting = z.string().transform((text, context): ReadonlyMap<SubgraphName, readonly KeyObject[]> => {
  const entries = text.split(',').map((part) => entry.exec(part.trim()));
  if (entries.some((found) => found === null)) {
    context.addIssue(`must be a list of ${subgraphNames.join(', ')}, each with = and 64 hexadecimal digits`);
    return z.NEVER;
  }
  const keys = new Map<SubgraphName, KeyObject[]>();
  for (const [, name, hex] of entries as RegExpExecArray[]) {
    const other = name as SubgraphName;
    keys.set(other, [...(keys.get(other) ?? []), createSecretKey(Buffer.from(hex!, 'hex'))]);
  }
  return keys;
});

export function jobKeys(own: SubgraphName, shared: ReadonlyMap<SubgraphName, readonly KeyObject[]>): JobKeys {
  return { own, sharedWith: (other) => shared.get(other) ?? [] };
}

/** Names the setting that carries a subgraph's keys. */
export function jobKeysSettingOf(name: SubgraphName): `${Uppercase<SubgraphName>}_JOB_KEYS` {
  return `${name.toUpperCase() as Uppercase<SubgraphName>}_JOB_KEYS`;
}

/**
 * The settings of all subgraphs, derived from one secret, which none of them has.
 *
 * @param secret of at least 32 random bytes, or what is as hard to guess.
 */
export function deriveJobKeys(secret: string): Readonly<Record<string, string>> {
  const shared = (one: SubgraphName, other: SubgraphName) =>
    createHmac('sha256', secret)
      .update(`jobs of ${[one, other].toSorted().join(' and ')}`)
      .digest('hex');
  return Object.fromEntries(
    subgraphNames.map((own) => [
      jobKeysSettingOf(own),
      subgraphNames.map((other) => `${other}=${shared(own, other)}`).join(','),
    ]),
  );
}

/** Of 256 bits, as many as make guessing hopeless: jobs carry hundreds. */
const signatureBytes = 16;

/**
 * Signs a text for another.
 *
 * @throws where no key is shared with it.
 */
export function signFor(keys: JobKeys, reader: SubgraphName, text: string): string {
  const [key] = keys.sharedWith(reader);
  if (key === undefined) throw new Error(`${keys.own} shares no key with ${reader}: see ${jobKeysSettingOf(keys.own)}`);
  return codeOf(key, keys.own, reader, text).toString('base64url');
}

/** Whether another has signed the text for the owner of these keys. */
export function isSignedBy(keys: JobKeys, writer: SubgraphName, text: string, signature: unknown): boolean {
  if (typeof signature !== 'string') return false;
  const given = Buffer.from(signature, 'base64url');
  return (
    given.length === signatureBytes &&
    keys.sharedWith(writer).some((key) => timingSafeEqual(codeOf(key, writer, keys.own, text), given))
  );
}

/** The two share one key: who wrote and who reads is a part of what is signed. */
function codeOf(key: KeyObject, writer: SubgraphName, reader: SubgraphName, text: string): Buffer {
  return createHmac('sha256', key).update(`${writer}>${reader}:${text}`).digest().subarray(0, signatureBytes);
}

/** What is signed of an outbox row: its kind, and the fields of its payload that the kind names. */
export function signedText(name: string, { signed }: OutboxKind, payload: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(['row', name, ...signed.map((field) => payload[field] ?? null)]);
}
