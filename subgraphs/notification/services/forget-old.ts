import { sql } from 'kysely';
import type { Manager } from '#platform/postgres/database.ts';
import { type ForgetRule, forgetRows } from '#platform/postgres/forget-rows.ts';
import { keptDays } from '#notification/domain/webhook-endpoint.ts';

/** docs/personal-data.md states these times, with the reason for each. */
const rules: readonly ForgetRule[] = [
  { table: 'webhook_events', key: 'id', old: sql`created_at < now() - make_interval(days => ${keptDays})` },
];

/** Deletes old rows of the notification database. The deliveries of an event and their attempts go with it. */
export async function forgetOld(em: Manager, signal?: AbortSignal): Promise<void> {
  await forgetRows(em, rules, signal);
}
