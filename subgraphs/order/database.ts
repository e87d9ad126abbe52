import { StaffAct } from '#platform/audit/staff-act.ts';
import { type DatabaseDefinition, type Manager, propertyNames, type TableOf } from '#platform/postgres/database.ts';
import { type CurrencyColumn, currencyMigrations } from '#platform/postgres/currency-migrations.ts';
import { Order } from './entities/order.ts';
import { ShopOrder } from './entities/shop-order.ts';
import { Refund } from './entities/refund.ts';
import { Seal } from './entities/seal.ts';
import { Orders } from './migrations/2026-11-21-orders.ts';
import { Seals } from './migrations/2026-12-04-seals.ts';
import { SearchPaths } from './migrations/2026-12-08-search-paths.ts';
import { SignedOutbox } from './migrations/2026-12-08-signed-outbox.ts';
import { Statistics } from './migrations/2026-12-09-statistics.ts';
import { RowHashes } from './migrations/2026-12-10-row-hashes.ts';
import { ComparableTotals } from './migrations/2026-12-12-totals.ts';
import { StaffActs } from './migrations/2026-12-15-staff-acts.ts';
import { FrozenAccounts } from './migrations/2026-12-16-frozen-accounts.ts';
import { AuditIndexes } from './migrations/2026-12-23-audit-indexes.ts';
import { DeadLetters } from './migrations/2026-12-24-dead-letters.ts';
import { Refunds } from './migrations/2026-12-28-refunds.ts';
import { ConsentIndex } from './migrations/2027-01-03-consent-index.ts';
import { ShopOrders } from './migrations/2026-12-30-shop-orders.ts';

export const currencyColumns: readonly CurrencyColumn[] = [{ table: 'orders', column: 'currency' }];

export const database: DatabaseDefinition = {
  entities: [Order, Refund, Seal, ShopOrder, StaffAct],
  migrations: [
    { name: '2026-11-21-orders', class: Orders },
    { name: '2026-12-04-seals', class: Seals },
    { name: '2026-12-08-search-paths', class: SearchPaths },
    { name: '2026-12-08-signed-outbox', class: SignedOutbox },
    { name: '2026-12-09-statistics', class: Statistics },
    { name: '2026-12-10-row-hashes', class: RowHashes },
    ...currencyMigrations(currencyColumns),
    { name: '2026-12-12-totals', class: ComparableTotals },
    { name: '2026-12-15-staff-acts', class: StaffActs },
    { name: '2026-12-16-frozen-accounts', class: FrozenAccounts },
    { name: '2026-12-23-audit-indexes', class: AuditIndexes },
    { name: '2026-12-24-dead-letters', class: DeadLetters },
    { name: '2026-12-30-shop-orders', class: ShopOrders },
    { name: '2026-12-28-refunds', class: Refunds },
    { name: '2027-01-03-consent-index', class: ConsentIndex },
  ],
};

interface Tables {
  orders: TableOf<typeof Order>;
  shop_orders: TableOf<typeof ShopOrder>;
  refunds: TableOf<typeof Refund>;
}

/** Typed queries. They run in the transaction of `em`, if it has one. */
export const tables = (em: Manager) => em.getKysely<Tables>().withPlugin(propertyNames);
