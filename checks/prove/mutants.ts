import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { project, runCommand } from '#local/command.ts';
import { runArguments } from './run-arguments.ts';

/** A guard that is switched off in a copy of the project, and the row that must fail without it. */
interface Mutant {
  readonly guard: string;
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  readonly row: string;
  readonly orders: number;
}

const settlements = 'subgraphs/billing/services/settlements.ts';

const mutants: readonly Mutant[] = [
  {
    guard: 'idempotency of a settlement (the look-up, and the constraints behind it)',
    edits: [
      { file: settlements, from: `.where('kind', '=', kind)`, to: `.where('orderId', 'is', null)` },
      { file: settlements, from: 'import { insertRows }', to: `import { sql } from 'kysely';\nimport { insertRows }` },
      {
        file: settlements,
        from: 'insertRows(em, Settlement, rows).execute',
        to: 'sql`${insertRows(em, Settlement, rows)} on conflict do nothing`.execute',
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
    guard: "the outbox's second dispatch",
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
      {
        file: 'subgraphs/order/services/seal-orders.ts',
        from: 'return (await readRow(',
        to: 'return false && (await readRow(',
      },
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
    guard: 'the Message-ID that all attempts share',
    edits: [
      {
        file: 'platform/messaging/mailer.ts',
        from: 'messageId: `<${id}@notification>`,',
        to: 'messageId: `<${id}.${process.hrtime.bigint()}@notification>`,',
      },
    ],
    row: 'crash-digests',
    orders: 40,
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
    guard: 'the drain of a server after SIGTERM',
    edits: [{ file: 'platform/http/http.ts', from: '    await delay(drainS * 1_000);\n', to: '' }],
    row: 'rolling-restart',
    orders: 2_000,
  },
];

/**
 * `npm run prove:mutants [-- row…]`: runs `prove` on copies of the project with one guard switched off. Each run must
 * fail; exits with 1 if one passes. The arguments select the mutants of these rows.
 */
await runCommand('mutants', async () => {
  const selectedRows = process.argv.slice(2);
  process.stdout.write('| Guard switched off | Row | Result |\n|---|---|---|\n');
  for (const mutant of mutants.filter(({ row }) => selectedRows.length === 0 || selectedRows.includes(row))) {
    const { caught, why } = await runMutant(mutant);
    process.stdout.write(
      `| ${mutant.guard} | ${mutant.row} | ${caught ? 'fails, as expected' : 'NOT CAUGHT'}: ${why} |\n`,
    );
    if (!caught) process.exitCode = 1;
  }
});

async function runMutant(mutant: Mutant): Promise<{ caught: boolean; why: string }> {
  const copy = copyOf(project);
  try {
    for (const { file, from, to } of mutant.edits) {
      const text = readFileSync(join(copy, file), 'utf8');
      if (!text.includes(from)) throw new Error(`${file} has changed: it does not contain ${from}`);
      writeFileSync(join(copy, file), text.replace(from, to));
    }
    const options = ['--seed', '1', '--kills', '1', '--orders', String(mutant.orders), '--only', mutant.row];
    const { code, output } = await runArguments(
      'checks/prove/main.ts',
      [...options, '--output', join(copy, 'table.txt')],
      {
        root: copy,
      },
    );
    const figure = new RegExp(`${mutant.row}: (?:passed|FAILED): (.*)`).exec(output)?.[1];
    // A copy that does not start has no figure, and does not count as caught.
    return { caught: code === 1 && figure !== undefined, why: figure ?? output.trim() };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Copies the project's files, and links its node_modules. */
function copyOf(root: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'wallet-mutant-'));
  const excluded = new Set(['node_modules', '.git', '.data']);
  cpSync(root, copy, { recursive: true, filter: (path) => !excluded.has(relative(root, path).split(sep)[0]!) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}
