import { sql } from 'kysely';
import { z } from 'zod';
import type { Manager } from '#platform/postgres/database.ts';
import { bytes, columnsOfSchema, readRows } from '#platform/postgres/read-rows.ts';

/** An endpoint with due deliveries, and the number of the claim. A later claim ends this one. */
export interface ClaimedEndpoint {
  readonly endpointId: string;
  readonly lease: number;
}

/** If the job of a claim is lost, the endpoint is claimed again after this time. A job takes less. */
const leaseS = 60;
/** The most endpoints that one call claims. */
const batch = 100;

/**
 * Claims endpoints that have due deliveries, the one that has waited longest first. An endpoint has one claim at a time,
 * so a slow or dead one takes one job. It steps through the endpoints with waiting deliveries in their index, one read
 * for each, so that idle endpoints and long queues cost nothing. Stored times are rounded to milliseconds, so the present time is too.
 */
export async function claimWebhooks(em: Manager): Promise<ClaimedEndpoint[]> {
  const statement = sql`
    with recursive waiting (endpoint_id) as (
      (select endpoint_id from webhook_deliveries where state = 'PENDING' order by endpoint_id limit 1)
      union all
      select (
        select endpoint_id from webhook_deliveries
        where state = 'PENDING' and endpoint_id > waiting.endpoint_id order by endpoint_id limit 1
      ) from waiting where waiting.endpoint_id is not null
    ),
    due as (
      select id from webhook_endpoints join waiting on waiting.endpoint_id = id
      where disabled_at is null and claimable_at <= now()::timestamptz(3) and exists (
        select from webhook_deliveries
        where endpoint_id = webhook_endpoints.id and state = 'PENDING' and next_attempt_at <= now()::timestamptz(3)
      )
      order by claimable_at
      limit ${batch}
      for no key update of webhook_endpoints skip locked
    )
    update webhook_endpoints set lease = lease + 1, claimable_at = now() + make_interval(secs => ${leaseS})
    where id = any(array(select id from due))
    returning id as "endpointId", lease`;
  return await readRows(em, claimed, statement);
}

const claimed = z.object({ endpointId: z.string(), lease: z.int() });

const endpointRow = z.object({
  id: z.string(),
  customerId: z.string(),
  url: z.string(),
  description: z.string(),
  secret: bytes,
  oldSecret: bytes.nullable(),
  oldSecretEndsAt: z.date().nullable(),
  failures: z.int(),
  lease: z.int(),
});
export type DeliveringEndpoint = z.infer<typeof endpointRow>;

/** Begins a claim. A job that is delivered twice, or that comes after a later claim, does not begin it. */
export async function beginClaim(
  em: Manager,
  { endpointId, lease }: ClaimedEndpoint,
): Promise<DeliveringEndpoint | null> {
  const statement = sql`
    update webhook_endpoints set lease = lease + 1, claimable_at = now() + make_interval(secs => ${leaseS})
    where id = ${endpointId} and lease = ${lease} and disabled_at is null
    returning ${columnsOfSchema(endpointRow)}`;
  const [row] = await readRows(em, endpointRow, statement);
  return row ?? null;
}
