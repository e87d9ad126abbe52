import type { MigrationObject } from '@mikro-orm/core';
import { Migration } from '@mikro-orm/migrations';
import { comparableFactor } from '../money/comparable.ts';
import { currencies, type Currency, currencyFacts } from '../money/currency.ts';

/** A column that holds the ISO 4217 code of a currency. */
export interface CurrencyColumn {
  readonly table: string;
  readonly column: string;
}

/**
 * The migrations that make a database accept the currencies, one for each name in the list of currencies. Each sets the
 * check of every column, and what `comparable_amount` computes, to the currencies that are known by then.
 */
export function currencyMigrations(columns: readonly CurrencyColumn[]): MigrationObject[] {
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
 * PostgreSQL inlines a function of this form into the statements and indexes that use it. It has no search path, which
 * would prevent that: the names in its body are looked up when it is created. New currencies change the result for no
 * row that exists, so the indexes stay right.
 */
function comparableAmount(known: readonly Currency[]): string {
  const factors = known.map((currency) => `when '${currency}' then ${comparableFactor(currency)}`);
  return `
    create or replace function comparable_amount(amount_minor bigint, currency text) returns bigint
      language sql immutable parallel safe return amount_minor * case currency ${factors.join(' ')} end`;
}

/**
 * A check, not a foreign key: each row that is written would lock the row of its currency, which all writers share. The
 * check allows more than the one before, so that existing rows need not be read.
 */
function accepts({ table, column }: CurrencyColumn, known: readonly Currency[]): string {
  const constraint = `${table}_${column}_check`;
  const codes = known.map((currency) => `'${currency}'`).join(', ');
  return `
    alter table ${table}
      drop constraint ${constraint},
      add constraint ${constraint} check (${column} in (${codes})) not valid`;
}
