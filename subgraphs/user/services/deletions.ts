import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { errorText, type Log } from '#platform/telemetry/log.ts';

/** The users who were deleted so lately that an access token of theirs may not have expired. */
export interface Deletions {
  readonly recent: () => Promise<ReadonlySet<string>>;
  /** Adds one that this process has just committed. */
  readonly add: (userId: string) => void;
}

export interface DeletionRules {
  readonly ACCESS_TOKEN_TTL_S: number;
}

/** Another process may have deleted somebody: that is looked for so often. */
const rememberedMs = 1_000;

/** A token's last second, and clocks that differ a little. */
const marginS = 60;

export function trackDeletions(em: Manager, rules: DeletionRules, log: Log): Deletions {
  let known: ReadonlySet<string> | undefined;
  let readAtMs = -Infinity;
  let reading: Promise<ReadonlySet<string>> | undefined;
  /** Those that a read which has begun may not see. */
  let added: string[] = [];

  async function read(): Promise<ReadonlySet<string>> {
    added = [];
    try {
      const ids = await readRecent(em.fork(), rules);
      readAtMs = performance.now();
      known = new Set([...ids, ...added]);
      return known;
    } catch (error) {
      if (known === undefined) throw error;
      log.warn({ reason: errorText(error) }, 'the deletions cannot be read; those known before are used');
      return known;
    } finally {
      reading = undefined;
    }
  }

  return {
    recent: async () => {
      if (known !== undefined && performance.now() - readAtMs < rememberedMs) return known;
      return await (reading ??= read());
    },
    add: (userId) => {
      added.push(userId);
      known = new Set([...(known ?? []), userId]);
    },
  };
}

async function readRecent(em: Manager, { ACCESS_TOKEN_TTL_S: ttlS }: DeletionRules): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select user_id as id from deleted_users where deleted_at > now() - make_interval(secs => ${ttlS + marginS})
  `.execute(em.getKysely());
  return rows.map(({ id }) => id);
}

/** To be called in the transaction that deletes the user; forgets those whose tokens have all expired. */
export async function noteDeletion(em: Manager, userId: string, { ACCESS_TOKEN_TTL_S: ttlS }: DeletionRules) {
  await sql`delete from deleted_users where deleted_at < now() - make_interval(secs => ${ttlS + marginS})`.execute(
    em.getKysely(),
  );
  await sql`insert into deleted_users (user_id) values (${userId})`.execute(em.getKysely());
}
