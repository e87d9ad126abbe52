import type { Rights } from '../postgres/rights.ts';
import { msOf, searchPath, textDigestOf } from '../postgres/row-hash.ts';

/** The columns that a process writes. The database fills the others. */
const written = 'actor_id, actor, session_id, act, customer_id, subject, values_before, values_after, reason, caller';

const digestOf = (column: string) => textDigestOf(`new.${column}`);

/**
 * A migration's statements for the audit log of a subgraph. They need `rowHashFunction`.
 *
 * The head has the number and the hash of the newest entry. Its lock gives concurrent acts their order: an act waits for
 * the commit of the act before it. Only the trigger of `staff_acts` changes the head.
 */
export const auditTable: readonly string[] = [
  `create table staff_acts (
    sequence bigint primary key,
    actor_id uuid,
    actor text not null check (length(actor) between 1 and 300),
    session_id uuid,
    act text not null check (act ~ '^[A-Z_]{1,60}$'),
    customer_id uuid,
    subject text check (length(subject) between 1 and 300),
    values_before text check (length(values_before) <= 10000),
    values_after text check (length(values_after) <= 10000),
    reason text not null check (length(reason) between 5 and 500),
    caller text not null check (length(caller) <= 100),
    created_at timestamptz(3) not null,
    hash bytea not null check (length(hash) = 32)
  )`,
  'create index staff_acts_by_customer on staff_acts (customer_id, sequence)',
  'create index staff_acts_by_subject on staff_acts (subject) where subject is not null',
  `create table staff_acts_head (
    id boolean primary key default true check (id),
    sequence bigint not null,
    hash bytea not null check (length(hash) = 32),
    changed_at timestamptz(3) not null
  )`,
  `insert into staff_acts_head (sequence, hash, changed_at) values (0, decode(repeat('00', 32), 'hex'), now())`,
  `create function chain_staff_act() returns trigger language plpgsql security definer ${searchPath} as $$
  declare
    head staff_acts_head;
  begin
    select * into strict head from staff_acts_head for update;
    new.sequence := head.sequence + 1;
    new.created_at := greatest(clock_timestamp(), head.changed_at);
    new.hash := row_hash(
      encode(head.hash, 'hex'), new.sequence::text,
      new.actor_id::text, ${digestOf('actor')}, new.session_id::text, ${digestOf('caller')},
      new.act, new.customer_id::text,
      ${digestOf('subject')}, ${digestOf('values_before')}, ${digestOf('values_after')},
      ${msOf('new.created_at')}, new.reason);
    update staff_acts_head set sequence = new.sequence, hash = new.hash, changed_at = new.created_at;
    return new;
  end $$`,
  `create trigger chain_staff_act before insert on staff_acts for each row execute function chain_staff_act()`,
  `create function keep_staff_acts() returns trigger language plpgsql ${searchPath} as $$
  begin
    raise exception 'the audit log is append-only' using errcode = 'restrict_violation';
  end $$`,
  `create trigger keep_staff_acts before update or delete or truncate on staff_acts
    for each statement execute function keep_staff_acts()`,
  `create trigger keep_staff_acts_head before insert or update or delete or truncate on staff_acts_head
    for each statement when (pg_trigger_depth() = 0) execute function keep_staff_acts()`,
];

/** The rights on the audit log: no process changes or deletes an entry, nor sets its number, its time or its hash. */
export const auditRights = {
  writer: { staff_acts: `select, insert (${written})` },
  verifier: { staff_acts: 'select', staff_acts_head: 'select' },
} as const satisfies Record<string, Rights>;
