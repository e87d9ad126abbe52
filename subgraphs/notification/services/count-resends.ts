import { sql } from 'kysely';
import { z } from 'zod';
import { type Refusal, refuseUntil } from '#platform/errors/refusal.ts';
import type { Manager } from '#platform/postgres/database.ts';
import { readRows } from '#platform/postgres/read-rows.ts';

/** In an hour, to one endpoint. A replay may pass the bound with the last of its events. */
export const mostResends = 10_000;
const hourS = 3_600;

/** Refuses to send events to an endpoint again, when too many were within an hour. Call it with the customer's lock. */
export async function refusedTooManyResends(
  em: Manager,
  endpointId: string,
): Promise<Refusal<'TOO_MANY_ATTEMPTS'> | null> {
  const statement = sql`
    select extract(epoch from resent_since + make_interval(secs => ${hourS}) - now())::double precision as "waitS"
    from webhook_endpoints
    where id = ${endpointId} and resent_events >= ${mostResends} and resent_since > now() - make_interval(secs => ${hourS})`;
  const [full] = await readRows(em, z.object({ waitS: z.number() }), statement);
  if (full === undefined) return null;
  const message = `You can send ${mostResends.toLocaleString('en')} events to a webhook again in an hour.`;
  return refuseUntil('TOO_MANY_ATTEMPTS', message, full.waitS);
}

/** Counts events that are sent to an endpoint again. The hour begins with the first of them. */
export async function countResends(em: Manager, endpointId: string, events: number): Promise<void> {
  const isOver = sql`coalesce(resent_since <= now() - make_interval(secs => ${hourS}), true)`;
  await sql`
    update webhook_endpoints set
      resent_events = case when ${isOver} then 0 else resent_events end + ${events},
      resent_since = case when ${isOver} then now() else resent_since end
    where id = ${endpointId}
  `.execute(em.getKysely());
}
