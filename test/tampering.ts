import type { Client } from 'pg';
import type { TestDatabases } from './database.ts';

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  /** The only values that it may have, where a check lists them. */
  readonly values: readonly string[];
}

export interface Table {
  readonly name: string;
  /** The columns of its primary key. */
  readonly key: readonly string[];
  readonly columns: readonly Column[];
}

/** All tables of a database, from its catalogue. */
export async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select relname as name,
      array(
        select attname::text from pg_index join pg_attribute on attrelid = indrelid and attnum = any(indkey)
        where indrelid = pg_class.oid and indisprimary order by attnum
      ) as key,
      (
        select json_agg(json_build_object(
          'name', attname, 'type', atttypid::regtype::text, 'isNullable', not attnotnull,
          'values', array(
            select distinct (regexp_matches(pg_get_constraintdef(pg_constraint.oid), '''(\\w+)''::text', 'g'))[1]
            from pg_constraint
            where conrelid = pg_class.oid and contype = 'c' and conkey = array[attnum] and atttypid = 'text'::regtype
            order by 1
          )
        ) order by attnum)
        from pg_attribute where attrelid = pg_class.oid and attnum > 0 and not attisdropped
      ) as columns
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`);
  return rows;
}

/** An SQL expression for a value of a column other than the one that it has. */
export function otherValue({ name, type, values }: Column): string {
  if (values.length > 0) {
    const next = values.map((value, place) => `when '${value}' then '${values[(place + 1) % values.length]!}'`);
    return `case ${name} ${next.join(' ')} else '${values[0]!}' end`;
  }
  const expression = others[type];
  if (expression === undefined)
    throw new Error(`nothing is known of the type ${type}: say how to change a value of it`);
  return expression(name);
}

const others: Readonly<Record<string, (column: string) => string>> = {
  uuid: () => 'gen_random_uuid()',
  text: (column) => `coalesce(${column}, '') || 'x'`,
  'character varying': (column) => `coalesce(${column}, '') || 'x'`,
  boolean: (column) => `not coalesce(${column}, false)`,
  integer: (column) => `coalesce(${column}, 0) + 1`,
  bigint: (column) => `coalesce(${column}, 0) + 1`,
  bytea: (column) => `coalesce(set_byte(${column}, 0, get_byte(${column}, 0) # 1), sha256(''))`,
  jsonb: (column) => `coalesce(${column}, '{}') || '{"tampered": true}'`,
  'text[]': (column) => `array_append(coalesce(${column}, '{}'), 'x')`,
  'bytea[]': (column) => `array_append(coalesce(${column}, '{}'), sha256(''))`,
  date: (column) => `coalesce(${column} - 1, current_date)`,
  'timestamp(3) with time zone': (column) => `coalesce(${column} - interval '1 second', now())`,
  'timestamp with time zone': (column) => `coalesce(${column} - interval '1 second', now())`,
};

const isoOf = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const auditedDatabases = ['user', 'billing', 'order'] as const;

/** Acts of a staff member and of the command, with and without a customer and changed values. */
export const staffActRows = `
  insert into staff_acts
    (actor_id, actor, session_id, act, customer_id, subject, values_before, values_after, reason, caller)
  select case when is_command then null else gen_random_uuid() end, 'staff@example.com',
    case when is_command then null else gen_random_uuid() end, 'LOOKED_AT_CUSTOMER',
    case when has_customer then gen_random_uuid() end, case when has_customer then 'customer:x' end,
    case when has_customer then '{"a":1}' end, case when has_customer then '{"a":2}' end, 'a test', '127.0.0.1'
  from unnest(array[true, false]) as is_command, unnest(array[true, false]) as has_customer`;

/** A role that is in force and one that was revoked, with their entries in the audit log. */
const roleGrantRows = `
  with grants as (
    insert into role_grants (id, user_id, role, granted_by, reason, revoked_at, revoked_by)
    select gen_random_uuid(), gen_random_uuid(), 'SUPPORT', gen_random_uuid(), 'a test',
      case when is_revoked then now() end, case when is_revoked then gen_random_uuid() end
    from unnest(array[true, false]) as is_revoked
    returning *
  )
  insert into staff_acts (actor_id, actor, act, customer_id, subject, values_after, reason, caller)
  select case act when 'GRANTED_ROLE' then granted_by else revoked_by end, 'staff@example.com', act, user_id,
    'role-grant:' || id,
    json_strip_nulls(json_build_object('role', role,
      'grantedAt', case act when 'GRANTED_ROLE' then ${isoOf('granted_at')} end,
      'revokedAt', case act when 'REVOKED_ROLE' then ${isoOf('revoked_at')} end))::text,
    'a test', '127.0.0.1'
  from grants, unnest(array['GRANTED_ROLE', 'REVOKED_ROLE']) as act
  where act = 'GRANTED_ROLE' or revoked_at is not null`;

/** What signing in, messages about accounts and archives leave in the user database. */
const signInRows = [
  `insert into sessions (id, user_id, device, place, factor_at, ended_at)
   select gen_random_uuid(), id, 'a device', 'a network', now(), now() from users limit 1`,
  `insert into totp_secrets (user_id, secret, enabled_at, last_step) select id, '\\x01', now(), 1 from users limit 1`,
  `insert into recovery_codes (code_hash, user_id) select sha256(''), id from users limit 1`,
  `insert into login_challenges (token_hash, user_id, expires_at) select sha256(''), id, now() from users limit 1`,
  `insert into passkeys (id, user_id, credential_id, public_key, counter, transports, name, last_used_at)
   select gen_random_uuid(), id, sha256(''), sha256(''), 1, '{internal}', 'a passkey', now() from users limit 1`,
  `insert into webauthn_challenges (challenge_hash, purpose, user_id, bound_to, expires_at)
   select sha256('a'), 'CONFIRM', id, sha256('b'), now() from users limit 1`,
  `insert into identity_tries (user_id, tries) select id, 1 from users limit 1`,
  `insert into api_clients (id, user_id, name, scopes, secret_hash, secret_used_at, old_secret_hash, old_secret_ends_at,
     expires_at, last_used_at, revoked_at)
   select gen_random_uuid(), id, 'a client', '{orders:read}', sha256('a'), now(), sha256('b'), now(), now(), now(), now()
   from users limit 1`,
  `insert into email_challenges (id, user_id, purpose, email, email_key, expires_at, used_at)
   select gen_random_uuid(), id, 'PROVE_EMAIL', email, email_key, now(), now() from users limit 1`,
  `insert into account_mails (id, user_id, kind, recipient, recipient_key, sender, challenge_id, sent_at)
   select gen_random_uuid(), user_id, 'PROVE_EMAIL', email, email_key, 'a sender', id, now() from email_challenges`,
  `insert into idempotency (customer_id, mutation, key, input_hash, result_id)
   select id, 'resendMessage', 'any', sha256(''), id from users limit 1`,
  `insert into data_exports (id, user_id, ready_at, expires_at, downloaded_at, link_hash, link_expires_at)
   select gen_random_uuid(), id, now(), now(), now(), sha256(''), now() from users limit 1`,
];

/** Rows that are there for a while only in real use, so that each table has some. */
export async function addShortLived({ asOwner }: TestDatabases): Promise<void> {
  const outbox = `insert into outbox (kind, key, payload, signatures) values ('made-for-the-test', 'any', '{}', '{}')`;
  for (const name of ['user', 'billing', 'order'] as const) await asOwner(name, outbox);
  for (const name of auditedDatabases) await asOwner(name, staffActRows);
  await asOwner('user', roleGrantRows);
  await asOwner('user', `insert into deleted_users (user_id) values (gen_random_uuid())`);
  await asOwner('user', `insert into signing_keys (kid, public_jwk, private_jwk) values ('kid', '{}', '{}')`);
  await asOwner(
    'user',
    `insert into refresh_tokens (id, user_id, family_id, token_hash, expires_at)
     select gen_random_uuid(), id, gen_random_uuid(), sha256(''), now() from users limit 1`,
  );
  for (const statement of signInRows) await asOwner('user', statement);
  for (const statement of webhookRows) await asOwner('notification', statement);
  await asOwner(
    'billing',
    `insert into verifications (id, requested_by, reason, started_at, expires_at, ended_at, findings, first_rows)
     values (gen_random_uuid(), gen_random_uuid(), 'the monthly close', now(), now(), now(), 0, '[]')`,
  );
  await asOwner(
    'billing',
    `with started as (
       insert into provider_payments (id, customer_id, account_id, amount_minor, currency, provider_id, pay_url)
       select gen_random_uuid(), customer_id, id, 100, currency, 'pay_1', 'https://pay.example/1' from accounts limit 1
       returning id, customer_id)
     insert into idempotency (customer_id, mutation, key, input_hash, result_id)
     select customer_id, 'startDeposit', 'a key', sha256(''), id from started`,
  );
  await asOwner('billing', `insert into unconfirmed_transfers (customer_id) values (gen_random_uuid())`);
  await asOwner('order', `insert into seals values (gen_random_uuid(), gen_random_uuid(), now(), now())`);
  await asOwner(
    'billing',
    `insert into quotes (id, customer_id, from_account_id, to_account_id, amount_minor, currency, fee_minor,
       received_minor, received_currency, rate, expires_at)
     select gen_random_uuid(), source.customer_id, source.id, target.id, 100, source.currency, 1, 90, target.currency,
       '0.9', now()
     from accounts as source join accounts as target on target.customer_id <> source.customer_id
     where source.currency = 'USD' and target.currency = 'EUR' limit 1`,
  );
}

/** A webhook with an event that was sent. */
const webhookRows = [
  `insert into webhook_endpoints (id, customer_id, url, event_types, description, secret)
   values (gen_random_uuid(), gen_random_uuid(), 'https://shop.example/', '{order.paid}', '', '\\xab')`,
  `insert into webhook_events (id, customer_id, type, object_id, sequence, version, data)
   select gen_random_uuid(), customer_id, 'order.paid', gen_random_uuid(), 1, 1, '{}' from webhook_endpoints`,
  `insert into webhook_deliveries (id, endpoint_id, event_id, object_id, sequence, state)
   select gen_random_uuid(), webhook_endpoints.id, webhook_events.id, object_id, sequence, 'DELIVERED'
   from webhook_endpoints, webhook_events`,
  `insert into webhook_attempts (id, delivery_id, status, duration_ms, excerpt)
   select gen_random_uuid(), id, 204, 5, '' from webhook_deliveries`,
];
