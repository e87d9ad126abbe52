import type { InferKyselyTable } from '@mikro-orm/postgresql';
import type { DatabaseDefinition, Manager } from '#platform/database.ts';
import { Account } from './entities/account.ts';
import { Entry } from './entities/entry.ts';
import { Quote } from './entities/quote.ts';
import { Settlement } from './entities/settlement.ts';
import { Transaction } from './entities/transaction.ts';
import { Ledger } from './migrations/2026-11-21-ledger.ts';

export const database: DatabaseDefinition = {
  entities: [Account, Entry, Quote, Settlement, Transaction],
  migrations: [{ name: '2026-11-21-ledger', class: Ledger }],
};

const naming = { columnNamingStrategy: 'property' } as const;

interface Tables {
  accounts: InferKyselyTable<typeof Account, typeof naming>;
  entries: InferKyselyTable<typeof Entry, typeof naming>;
  quotes: InferKyselyTable<typeof Quote, typeof naming>;
  settlements: InferKyselyTable<typeof Settlement, typeof naming>;
  transactions: InferKyselyTable<typeof Transaction, typeof naming>;
}

/** Typed queries, in the transaction of `em` if it is in one. */
export const tables = (em: Manager) => em.getKysely<Tables>(naming);
