import { Migration } from '@mikro-orm/migrations';
import { comparableFactor } from '../money/comparable.ts';
import { currencies, type Currency, currencyFacts } from '../money/currency.ts';
import type { DatabaseMigration } from './brief-lock-waits.ts';

/** A column that holds the ISO 4217 code of a currency. */
export interface CurrencyColumn {
  readonly table: string;
  readonly column: string;
}

/**
 * The migrations that make a database accept the currencies, one for each migration name in the list of currencies.
 * Each one sets the check of every column, and `comparable_amount`, to the currencies known at that migration.
 */
export function currencyMigrations(columns: readonly CurrencyColumn[]): DatabaseMigration[] {
  const names = [...new Set(currencies.map((currency) => currencyFacts[currency].migration))].toSorted();
  return names.map((name) => {
    const known = currencies.filter((currency) => currencyFacts[currency].migration <= name);
    return {
      name,
      class: class Currencies extends Migration {
        override up(): void {
          this.addSql(comparableAmount(known));
          for (const column of columns) this.addSql(accepts(column, known));
        }
      },
    };
  });
}

/**
 * PostgreSQL inlines a function of this form into the statements and indexes that use it. A search path on the function
 * would prevent that. PostgreSQL resolves the names in the body at creation, so none is needed. A new currency does not
 * change the result for an existing row, so the indexes stay correct.
 */
function comparableAmount(known: readonly Currency[]): string {
  const factors = known.map((currency) => `when '${currency}' then ${comparableFactor(currency)}`);
  return `
    create or replace function comparable_amount(amount_minor bigint, currency text) returns bigint
      language sql immutable parallel safe return amount_minor * case currency ${factors.join(' ')} end`;
}

/**
 * A check, because a foreign key would make each written row lock its currency's row, which all writers share. The new
 * check accepts everything that the previous one accepted, so PostgreSQL need not validate existing rows.
 */
function accepts({ table, column }: CurrencyColumn, known: readonly Currency[]): string {
  const constraint = `${table}_${column}_check`;
  const codes = known.map((currency) => `'${currency}'`).join(', ');
  return `
    alter table ${table}
      drop constraint ${constraint},
      add constraint ${constraint} check (${column} in (${codes})) not valid`;
}
