import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Contender, runConcurrently } from './compare.ts';

const scale = 10;
const clients = 16;
const accountsPerBranch = 100_000;
const tellersPerBranch = 10;

const tables = `
  create table branches (id integer primary key, balance bigint not null);
  create table tellers (id integer primary key, branch integer not null, balance bigint not null);
  create table accounts (id integer primary key, branch integer not null, balance bigint not null) with (fillfactor = 100);
  create table history (teller integer, branch integer, account integer, delta bigint, at timestamptz);
  insert into branches select id, 0 from generate_series(1, ${scale}) as id;
  insert into tellers select id, (id - 1) / ${tellersPerBranch} + 1, 0 from generate_series(1, ${scale * tellersPerBranch}) as id;
  insert into accounts select id, (id - 1) / ${accountsPerBranch} + 1, 0
    from generate_series(1, ${scale * accountsPerBranch}) as id;
  analyze`;

/** The five statements of pgbench's TPC-B, prepared and sent one at a time, as pgbench does. */
const statements = [
  ['update accounts set balance = balance + $1 where id = $2', ['delta', 'account']],
  ['select balance from accounts where id = $1', ['account']],
  ['update tellers set balance = balance + $1 where id = $2', ['delta', 'teller']],
  ['update branches set balance = balance + $1 where id = $2', ['delta', 'branch']],
  ['insert into history values ($1, $2, $3, $4, now())', ['teller', 'branch', 'account', 'delta']],
] as const;

export const tpcB = `TPC-B, ${clients} clients`;

/** TPC-B by pgbench if it is installed, otherwise the same transactions (scale 10, 16 clients) through pg. */
export async function startTpcB(url: string): Promise<Contender & { stop: () => Promise<void> }> {
  const program = findPgbench();
  return program === null ? await startThroughPg(url) : await startPgbench(program, url);
}

/** Searches the PATH and the folders of Debian's packages. */
function findPgbench(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.map((folder) => join(folder, 'pgbench')).find((file) => existsSync(file)) ?? null;
}

async function startPgbench(program: string, url: string): Promise<Contender & { stop: () => Promise<void> }> {
  await run(program, ['--initialize', '--quiet', `--scale=${scale}`, url]);
  const options = [`--client=${clients}`, '--jobs=1', '--no-vacuum', '--protocol=prepared'];
  return {
    name: tpcB,
    rate: async (seconds) => {
      const { stdout } = await run(program, [...options, `--time=${Math.ceil(seconds)}`, url]);
      return Number(/tps = ([\d.]+) \(without/.exec(stdout)![1]);
    },
    stop: async () => undefined,
  };
}

const run = promisify(execFile);

async function startThroughPg(url: string): Promise<Contender & { stop: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, max: clients });
  // The server may close released connections when it stops.
  pool.on('error', () => undefined);
  await pool.query(tables);
  const oneOf = (count: number) => Math.floor(Math.random() * count) + 1;
  return {
    name: tpcB,
    rate: runConcurrently(clients, async () => {
      const chosen = {
        account: oneOf(scale * accountsPerBranch),
        teller: oneOf(scale * tellersPerBranch),
        branch: oneOf(scale),
        delta: oneOf(10_000) - 5_000,
      };
      const client = await pool.connect();
      try {
        await client.query('begin');
        for (const [text, names] of statements) {
          await client.query({ name: text, text, values: names.map((name) => chosen[name]) });
        }
        await client.query('commit');
      } finally {
        client.release();
      }
      return 1;
    }),
    stop: async () => await pool.end(),
  };
}
