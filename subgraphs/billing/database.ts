import { StaffAct } from '#platform/audit/staff-act.ts';
import { type DatabaseDefinition, type Manager, propertyNames, type TableOf } from '#platform/postgres/database.ts';
import { type CurrencyColumn, currencyMigrations } from '#platform/postgres/currency-migrations.ts';
import { Account } from './entities/account.ts';
import { Correction } from './entities/correction.ts';
import { Entry } from './entities/entry.ts';
import { Freeze } from './entities/freeze.ts';
import { ProviderPayment } from './entities/provider-payment.ts';
import { Quote } from './entities/quote.ts';
import { Settlement } from './entities/settlement.ts';
import { ShopConsent } from './entities/shop-consent.ts';
import { ShopMonth } from './entities/shop-month.ts';
import { ShopPayment } from './entities/shop-payment.ts';
import { Transaction } from './entities/transaction.ts';
import { UnconfirmedTransfers } from './entities/unconfirmed-transfers.ts';
import { Verification } from './entities/verification.ts';
import { Ledger } from './migrations/2026-11-21-ledger.ts';
import { Payable } from './migrations/2026-12-05-payable.ts';
import { LedgerRules } from './migrations/2026-12-06-rules.ts';
import { SignedOutbox } from './migrations/2026-12-08-signed-outbox.ts';
import { Statistics } from './migrations/2026-12-09-statistics.ts';
import { RowHashes } from './migrations/2026-12-10-row-hashes.ts';
import { ComparableAmounts } from './migrations/2026-12-12-amounts.ts';
import { StaffActs } from './migrations/2026-12-15-staff-acts.ts';
import { Corrections } from './migrations/2026-12-16-ledger-corrections.ts';
import { Freezes } from './migrations/2026-12-16-freezes.ts';
import { HouseEntries } from './migrations/2026-12-17-house-entries.ts';
import { UnconfirmedTransferCounts } from './migrations/2026-12-21-unconfirmed-transfers.ts';
import { IndexesOfRecords } from './migrations/2026-12-22-indexes-of-records.ts';
import { AuditIndexes } from './migrations/2026-12-23-audit-indexes.ts';
import { DeadLetters } from './migrations/2026-12-24-dead-letters.ts';
import { Verifications } from './migrations/2027-01-01-verifications.ts';
import { ShopConsents } from './migrations/2026-12-30-shop-consents.ts';
import { Refunds } from './migrations/2026-12-31-refunds.ts';
import { SettlementsIndex } from './migrations/2026-12-31-settlements-index.ts';
import { ProviderPayments } from './migrations/2027-01-02-provider-payments.ts';

export const currencyColumns: readonly CurrencyColumn[] = [
  { table: 'accounts', column: 'currency' },
  { table: 'transactions', column: 'currency' },
  { table: 'transactions', column: 'received_currency' },
  { table: 'entries', column: 'currency' },
  { table: 'quotes', column: 'currency' },
  { table: 'quotes', column: 'received_currency' },
];

export const database: DatabaseDefinition = {
  entities: [
    Account,
    Correction,
    Entry,
    Freeze,
    ProviderPayment,
    Quote,
    Settlement,
    ShopConsent,
    ShopMonth,
    ShopPayment,
    StaffAct,
    Transaction,
    UnconfirmedTransfers,
    Verification,
  ],
  migrations: [
    { name: '2026-11-21-ledger', class: Ledger },
    { name: '2026-12-05-payable', class: Payable },
    { name: '2026-12-06-rules', class: LedgerRules },
    { name: '2026-12-08-signed-outbox', class: SignedOutbox },
    { name: '2026-12-09-statistics', class: Statistics },
    { name: '2026-12-10-row-hashes', class: RowHashes },
    ...currencyMigrations(currencyColumns),
    { name: '2026-12-12-amounts', class: ComparableAmounts },
    { name: '2026-12-15-staff-acts', class: StaffActs },
    { name: '2026-12-16-freezes', class: Freezes },
    { name: '2026-12-16-ledger-corrections', class: Corrections },
    { name: '2026-12-17-house-entries', class: HouseEntries },
    { name: '2026-12-21-unconfirmed-transfers', class: UnconfirmedTransferCounts },
    { name: '2026-12-22-indexes-of-records', class: IndexesOfRecords },
    { name: '2026-12-23-audit-indexes', class: AuditIndexes },
    { name: '2026-12-24-dead-letters', class: DeadLetters },
    { name: '2026-12-30-shop-consents', class: ShopConsents },
    { name: '2026-12-31-refunds', class: Refunds },
    { name: '2026-12-31-settlements-index', class: SettlementsIndex },
    { name: '2027-01-01-verifications', class: Verifications },
    { name: '2027-01-02-provider-payments', class: ProviderPayments },
  ],
};

interface Tables {
  accounts: TableOf<typeof Account>;
  corrections: TableOf<typeof Correction>;
  entries: TableOf<typeof Entry>;
  freezes: TableOf<typeof Freeze>;
  provider_payments: TableOf<typeof ProviderPayment>;
  quotes: TableOf<typeof Quote>;
  settlements: TableOf<typeof Settlement>;
  shop_consents: TableOf<typeof ShopConsent>;
  shop_months: TableOf<typeof ShopMonth>;
  transactions: TableOf<typeof Transaction>;
  unconfirmed_transfers: TableOf<typeof UnconfirmedTransfers>;
  verifications: TableOf<typeof Verification>;
}

/** Typed queries. They run in the transaction of `em`, if it has one. */
export const tables = (em: Manager) => em.getKysely<Tables>().withPlugin(propertyNames);
