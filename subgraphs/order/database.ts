import type { InferKyselyTable } from '@mikro-orm/postgresql';
import type { DatabaseDefinition, Manager } from '#platform/database.ts';
import { Order } from './entities/order.ts';
import { Orders } from './migrations/2026-11-21-orders.ts';

export const database: DatabaseDefinition = {
  entities: [Order],
  migrations: [{ name: '2026-11-21-orders', class: Orders }],
};

const naming = { columnNamingStrategy: 'property' } as const;

interface Tables {
  orders: InferKyselyTable<typeof Order, typeof naming>;
}

/** Typed queries, in the transaction of `em` if it is in one. */
export const tables = (em: Manager) => em.getKysely<Tables>(naming);
