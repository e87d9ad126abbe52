/** What the product knows of a currency. */
export interface CurrencyFacts {
  /** The decimal places of its minor unit, by ISO 4217: 0 to 4. */
  readonly digits: number;
  /** Its English name in the middle of a sentence, such as `your euro account`. */
  readonly name: string;
  /** Units for one US dollar, as a decimal string, unless the setting `RATE_<code>` says otherwise. */
  readonly rate: string;
  /** The migration that makes the databases accept it. Migrations run in the order of their names. */
  readonly migration: string;
}

/**
 * The currencies, by ISO 4217 code, in the order in which a customer's accounts are listed. Everything else that
 * depends on the currencies is derived from this list. docs/extending/currency.md says how to add one. An entry is
 * never removed, and its `digits` and `migration` never change: rows of the databases depend on them.
 */
export const currencyFacts = {
  USD: { digits: 2, name: 'US dollar', rate: '1', migration: '2026-12-11-currencies' },
  EUR: { digits: 2, name: 'euro', rate: '0.90', migration: '2026-12-11-currencies' },
  CNY: { digits: 2, name: 'Chinese yuan', rate: '6.94', migration: '2026-12-11-currencies' },
} as const satisfies Readonly<Record<string, CurrencyFacts>>;
