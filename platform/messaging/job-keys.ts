import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { settingForEach, settingName } from '../process/setting-names.ts';
import type { OutboxKind } from './outbox-kind.ts';

/**
 * The keys with which a subgraph signs jobs for other subgraphs and verifies theirs. Two subgraphs share one key. The
 * relay and the queue server have no keys, because they only carry jobs. A message authentication code takes about
 * three microseconds, a signature with a key pair about fifty. No third party needs to verify a job.
 */
export interface JobKeys<Own extends string = string> {
  /** The name of the subgraph. */
  readonly own: Own;
  /** The keys shared with another subgraph or, for its own jobs, between its processes. The first one signs. */
  readonly sharedWith: (other: string) => readonly KeyObject[];
}

export type SharedKeys = ReadonlyMap<string, readonly KeyObject[]>;

/**
 * A setting such as `billing=<64 hexadecimal digits>,order=…`. A name may be repeated: the first of its keys signs.
 *
 * @param names of the subgraphs that sign jobs.
 */
export function jobKeysSetting(names: readonly string[]) {
  const entry = new RegExp(`^(${names.join('|')})=([0-9a-f]{64})$`);
  return z.string().transform((text, context): SharedKeys => {
    const entries = text.split(',').map((part) => entry.exec(part.trim()));
    if (entries.some((found) => found === null)) {
      context.addIssue(`must be a list of ${names.join(', ')}, each with = and 64 hexadecimal digits`);
      return z.NEVER;
    }
    const keys = new Map<string, KeyObject[]>();
    for (const [, name, hex] of entries as RegExpExecArray[]) {
      keys.set(name!, [...(keys.get(name!) ?? []), createSecretKey(Buffer.from(hex!, 'hex'))]);
    }
    return keys;
  });
}

export function jobKeys<Own extends string>(own: Own, shared: SharedKeys): JobKeys<Own> {
  return { own, sharedWith: (other) => shared.get(other) ?? [] };
}

/**
 * The `<NAME>_JOB_KEYS` settings of all subgraphs, derived from one secret that no subgraph gets.
 *
 * @param secret at least 32 random bytes, or a text that is as hard to guess.
 * @param names of the subgraphs that sign jobs.
 */
export function deriveJobKeys<Name extends string>(secret: string, names: readonly Name[]) {
  const shared = (one: string, other: string) =>
    createHmac('sha256', secret)
      .update(`jobs of ${[one, other].toSorted().join(' and ')}`)
      .digest('hex');
  return settingForEach(names, 'JOB_KEYS', (own) => names.map((other) => `${other}=${shared(own, other)}`).join(','));
}

/** Enough of the 256 bits to make guessing hopeless; a job carries hundreds of signatures. */
const signatureBytes = 16;

/**
 * Signs a text for another subgraph.
 *
 * @throws if the two share no key.
 */
export function signFor(keys: JobKeys, reader: string, text: string): string {
  const [key] = keys.sharedWith(reader);
  if (key === undefined)
    throw new Error(`${keys.own} shares no key with ${reader}: see ${settingName(keys.own, 'JOB_KEYS')}`);
  return codeOf(key, keys.own, reader, text).toString('base64url');
}

/** Whether another subgraph has signed the text for the owner of these keys. */
export function isSignedBy(keys: JobKeys, writer: string, text: string, signature: unknown): boolean {
  if (typeof signature !== 'string') return false;
  const given = Buffer.from(signature, 'base64url');
  return (
    given.length === signatureBytes &&
    keys.sharedWith(writer).some((key) => timingSafeEqual(codeOf(key, writer, keys.own, text), given))
  );
}

/** Both directions use one key, so the signed text names the writer and the reader. */
function codeOf(key: KeyObject, writer: string, reader: string, text: string): Buffer {
  return createHmac('sha256', key).update(`${writer}>${reader}:${text}`).digest().subarray(0, signatureBytes);
}

/** The signed text of an outbox row: its kind and the fields of its payload that the kind names. */
export function signedText(
  name: string,
  { signed, alsoSigned = [] }: OutboxKind,
  payload: Readonly<Record<string, unknown>>,
): string {
  const added = alsoSigned.filter((field) => payload[field] !== undefined);
  return JSON.stringify([
    'row',
    name,
    ...signed.map((field) => payload[field] ?? null),
    ...added.map((field) => [field, payload[field]]),
  ]);
}
