import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { project, runCommand } from '#local/command.ts';
import { runArguments } from './run-arguments.ts';

/** A guard that is switched off in a copy of the project, and the rows that must miss without it. */
interface Mutant {
  readonly guard: string;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  readonly row: string;
  readonly orders: number;
}

const settling = 'subgraphs/billing/services/settle-orders.ts';

const mutants: readonly Mutant[] = [
  {
    guard: 'idempotency of a settlement (the look-up, and the constraints behind it)',
    edits: [
      { file: settling, from: `.where('kind', '=', kind)`, to: `.where('kind', '=', sql<'PAYMENT'>\`'none'\`)` },
      {
        file: settling,
        from: `as verdict (order_id, transaction_id, rejection_reason)\n`,
        to: `as verdict (order_id, transaction_id, rejection_reason) on conflict do nothing\n`,
      },
      {
        file: 'subgraphs/billing/migrations/2026-11-21-ledger.ts',
        from: 'reference text not null unique',
        to: 'reference text not null',
      },
    ],
    row: 'duplicates',
    orders: 80,
  },
  {
    guard: "the outbox's second hand-over",
    edits: [
      {
        file: 'platform/messaging/outbox-relay.ts',
        from: 'where failed_at is null and next_attempt_at <= now()',
        to: 'where failed_at is null and attempts = 0',
      },
    ],
    row: 'queue-lost',
    orders: 200,
  },
  {
    guard: 'the lock of accounts (and the constraint behind it)',
    edits: [
      { file: 'subgraphs/billing/services/lock-accounts.ts', from: ' for no key update of accounts', to: '' },
      {
        file: 'subgraphs/billing/migrations/2026-11-21-ledger.ts',
        from: 'create unique index entries_of_account',
        to: 'create index entries_of_account',
      },
    ],
    row: 'overdraft',
    orders: 40,
  },
  {
    guard: "the seal of a customer's orders while their accounts are closed",
    edits: [
      { file: 'subgraphs/order/services/seal-orders.ts', from: 'return rows[0]!.underWay;', to: 'return false;' },
      {
        file: 'subgraphs/order/migrations/2026-12-04-seals.ts',
        from: 'and lifted_at is null) then',
        to: 'and lifted_at is null and false) then',
      },
    ],
    row: 'departures',
    orders: 200,
  },
  {
    guard: 'the time-out of subgraphs',
    edits: [
      {
        file: 'router/subgraph-client.ts',
        from: 'setTimeout(() => this.#timeOut(timeoutMs), timeoutMs)',
        to: 'setTimeout(() => this.#timeOut(timeoutMs), timeoutMs * 1_000)',
      },
    ],
    row: 'slow-subgraph',
    orders: 40,
  },
  {
    guard: 'the drain of a server that is told to stop',
    edits: [{ file: 'platform/http/http.ts', from: '    await delay(drainS * 1_000);\n', to: '' }],
    row: 'rolling-restart',
    orders: 2_000,
  },
];

/**
 * `npm run prove:mutants [-- row…]`: `prove` must miss where a guard is gone; ends with 1 where it does not. Rows choose
 * the mutants that are theirs.
 */
await runCommand('mutants', async () => {
  const asked = process.argv.slice(2);
  process.stdout.write('| Guard switched off | Row | Result |\n|---|---|---|\n');
  for (const mutant of mutants.filter(({ row }) => asked.length === 0 || asked.includes(row))) {
    const { caught, why } = await meets(mutant);
    process.stdout.write(
      `| ${mutant.guard} | ${mutant.row} | ${caught ? 'fails, as it must' : 'NOT NOTICED'}: ${why} |\n`,
    );
    if (!caught) process.exitCode = 1;
  }
});

async function meets(mutant: Mutant): Promise<{ caught: boolean; why: string }> {
  const copy = copyOf(project);
  try {
    for (const { file, from, to } of mutant.edits) {
      const text = readFileSync(join(copy, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has changed: there is no ${from} any more`);
      writeFileSync(join(copy, file), text.replace(from, to));
    }
    const asked = ['--seed', '1', '--kills', '1', '--orders', String(mutant.orders), '--only', mutant.row];
    const { code, said } = await runArguments('checks/prove/main.ts', [...asked, '--output', join(copy, 'table.txt')], {
      root: copy,
    });
    const figure = new RegExp(`${mutant.row}: (?:reached|MISSED): (.*)`).exec(said)?.[1];
    // A copy that cannot even start has shown nothing.
    return { caught: code === 1 && figure !== undefined, why: figure ?? said.trim() };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** The project's files, with its libraries where they are. */
function copyOf(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'wallet-mutant-'));
  const left = new Set(['node_modules', '.git', '.data']);
  cpSync(root, copy, { recursive: true, filter: (path) => !left.has(relative(root, path).split(sep)[0]!) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}
