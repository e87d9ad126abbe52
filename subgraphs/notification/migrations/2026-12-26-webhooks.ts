import { Migration } from '@mikro-orm/migrations';

/** Endpoints of customers, the events for them, their deliveries, and each attempt. And a message about a disabled one. */
export class Webhooks extends Migration {
  override up(): void {
    this.addSql(`
      create table webhook_endpoints (
        id uuid primary key,
        customer_id uuid not null,
        url text not null check (length(url) between 1 and 2000),
        event_types text[] not null check (cardinality(event_types) between 1 and 100),
        description text not null check (length(description) <= 200),
        secret bytea not null,
        old_secret bytea,
        old_secret_ends_at timestamptz(3),
        created_at timestamptz(3) not null default now(),
        disabled_at timestamptz(3),
        disabled_reason text check (disabled_reason in ('OWNER', 'FAILING', 'GONE')),
        failures integer not null default 0 check (failures >= 0),
        failing_since timestamptz(3),
        lease integer not null default 0,
        claimable_at timestamptz(3) not null default now(),
        check ((old_secret is null) = (old_secret_ends_at is null)),
        check ((disabled_at is null) = (disabled_reason is null)),
        check ((failures = 0) = (failing_since is null))
      )`);
    this.addSql('create index webhook_endpoints_by_customer on webhook_endpoints (customer_id, id)');
    this.addSql(
      'create index webhook_endpoints_claimable on webhook_endpoints (claimable_at) where disabled_at is null',
    );
    this.addSql(`
      create table webhook_events (
        id uuid primary key,
        customer_id uuid not null,
        type text not null check (length(type) between 1 and 100),
        object_id uuid not null,
        sequence integer not null check (sequence > 0),
        version integer not null check (version > 0),
        data jsonb not null,
        created_at timestamptz(3) not null default now(),
        unique (object_id, customer_id, type)
      )`);
    this.addSql('create index webhook_events_by_time on webhook_events (customer_id, created_at)');
    this.addSql('create index webhook_events_by_age on webhook_events (created_at)');
    this.addSql(`
      create table webhook_deliveries (
        id uuid primary key,
        endpoint_id uuid not null references webhook_endpoints on delete cascade,
        event_id uuid not null references webhook_events on delete cascade,
        object_id uuid not null,
        sequence integer not null,
        state text not null check (state in ('PENDING', 'DELIVERED', 'GIVEN_UP')),
        failures integer not null default 0 check (failures >= 0),
        next_attempt_at timestamptz(3) not null default now(),
        created_at timestamptz(3) not null default now(),
        unique (endpoint_id, event_id)
      )`);
    this.addSql('create index webhook_deliveries_by_endpoint on webhook_deliveries (endpoint_id, id)');
    this.addSql('create index webhook_deliveries_by_event on webhook_deliveries (event_id)');
    this.addSql(
      `create index webhook_deliveries_due on webhook_deliveries (endpoint_id, next_attempt_at) where state = 'PENDING'`,
    );
    this.addSql(
      'create index webhook_deliveries_in_order on webhook_deliveries (endpoint_id, object_id, sequence) ' +
        `where state = 'PENDING'`,
    );
    this.addSql(`
      create table webhook_attempts (
        id uuid primary key,
        delivery_id uuid not null references webhook_deliveries on delete cascade,
        status integer,
        fault text,
        duration_ms integer not null check (duration_ms >= 0),
        excerpt text check (length(excerpt) <= 2000),
        created_at timestamptz(3) not null default now(),
        check ((status is null) = (fault is not null))
      )`);
    this.addSql('create index webhook_attempts_by_delivery on webhook_attempts (delivery_id, id)');
    this.addSql(`
      alter table notifications
        drop constraint notifications_kind_check,
        drop constraint notifications_check1,
        add constraint notifications_kind_check check (
          kind in ('ORDER_PAID', 'ORDER_REJECTED', 'ORDER_REFUNDED', 'TRANSFER_RECEIVED', 'WEBHOOK_DISABLED')) not valid,
        add constraint notifications_subject_check check (
          num_nonnulls(order_id, transaction_id) = case kind when 'WEBHOOK_DISABLED' then 0 else 1 end) not valid`);
  }
}
