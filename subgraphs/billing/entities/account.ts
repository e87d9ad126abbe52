import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';
import type { AccountStatus } from '#billing/domain/ledger.ts';
import type { Currency } from '#platform/money/currency.ts';

/**
 * A customer's account. `balanceMinor`, `sequence`, `lastHash` and `lastEntryAt` are those of its newest entry: the
 * database derives them from the entries that are written. They change under the row's lock only, and so does `frozen`,
 * which the database derives from the open freezes.
 */
export const Account = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: {
    id: p.uuid().primary(),
    customerId: p.uuid(),
    currency: p.text().$type<Currency>(),
    number: p.text(),
    status: p.text().$type<AccountStatus>().default('OPEN'),
    frozen: p.boolean().default(false),
    balanceMinor: p.bigint().default('0'),
    sequence: p.integer().default(0),
    lastHash: p.blob().$type<Buffer>().defaultRaw(`decode(repeat('00', 32), 'hex')`),
    lastEntryAt: p.datetime(3).defaultRaw('now()'),
    openedAt: p.datetime(3).defaultRaw('now()'),
    closedAt: p.datetime(3).nullable(),
  },
});

export type AccountRow = InferEntity<typeof Account>;
