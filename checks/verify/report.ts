import type { Currency } from '#platform/money/currency.ts';
import type { Finding } from './finding.ts';

/** Receives the results of checks. */
export interface Report {
  readonly checked: (table: string, rows?: number) => void;
  readonly found: (findings: readonly Finding[]) => void;
  /** Money owed to customers whose account is closed. It is not a fault, but the operator should know. */
  readonly owed: (currency: Currency, amountMinor: bigint) => void;
}

export interface Summary {
  readonly findings: number;
  /** The number of checked rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Money owed to customers whose account is closed, in minor units by currency. */
  readonly owedMinor: Readonly<Partial<Record<Currency, bigint>>>;
}

/** Counts the results, and passes each finding on immediately, so that many findings need no memory. */
export class Tally implements Report {
  readonly #onFinding: (finding: Finding) => void;
  readonly #rows: Record<string, number> = {};
  readonly #owedMinor: Partial<Record<Currency, bigint>> = {};
  #findings = 0;

  constructor(onFinding: (finding: Finding) => void) {
    this.#onFinding = onFinding;
  }

  checked(table: string, rows = 1): void {
    this.#rows[table] = (this.#rows[table] ?? 0) + rows;
  }

  found(findings: readonly Finding[]): void {
    this.#findings += findings.length;
    for (const finding of findings) this.#onFinding(finding);
  }

  owed(currency: Currency, amountMinor: bigint): void {
    this.#owedMinor[currency] = (this.#owedMinor[currency] ?? 0n) + amountMinor;
  }

  summary(): Summary {
    return { findings: this.#findings, rows: this.#rows, owedMinor: this.#owedMinor };
  }
}
