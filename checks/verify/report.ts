import type { Currency } from '#platform/money/currency.ts';
import type { Finding } from './finding.ts';

/** Where checks say what they have looked at and what is wrong. */
export interface Report {
  readonly looked: (table: string, rows?: number) => void;
  readonly found: (findings: readonly Finding[]) => void;
  /** Money that is owed to customers whose account is closed: no fault, and for the operator to know. */
  readonly owed: (currency: Currency, amountMinor: bigint) => void;
}

export interface Summary {
  readonly findings: number;
  /** Rows looked at, by table. */
  readonly rows: Readonly<Record<string, number>>;
  /** What is owed to customers whose account is closed, in minor units; nothing where nothing is. */
  readonly owedMinor: Readonly<Partial<Record<Currency, bigint>>>;
}

/** Counts, and passes each finding on at once, so that many need no memory. */
export class Tally implements Report {
  readonly #onFinding: (finding: Finding) => void;
  readonly #rows: Record<string, number> = {};
  readonly #owedMinor: Partial<Record<Currency, bigint>> = {};
  #findings = 0;

  constructor(onFinding: (finding: Finding) => void) {
    this.#onFinding = onFinding;
  }

  looked(table: string, rows = 1): void {
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
