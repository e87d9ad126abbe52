import pg from 'pg';
import type { Contender } from './report.ts';

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

/** The five statements of pgbench's TPC-B, prepared, one at a time as pgbench sends them. */
const statements = [
  ['update accounts set balance = balance + $1 where id = $2', ['delta', 'account']],
  ['select balance from accounts where id = $1', ['account']],
  ['update tellers set balance = balance + $1 where id = $2', ['delta', 'teller']],
  ['update branches set balance = balance + $1 where id = $2', ['delta', 'branch']],
  ['insert into history values ($1, $2, $3, $4, now())', ['teller', 'branch', 'account', 'delta']],
] as const;

/** TPC-B as pgbench runs it (scale 10, 16 clients), through pg, so that it is measured where there is no pgbench. */
export async function startTpcB(url: string): Promise<Contender & { stop: () => Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, max: clients });
  // Connections that are let go may still be there when the server ends, which ends them.
  pool.on('error', () => undefined);
  await pool.query(tables);
  const oneOf = (count: number) => Math.floor(Math.random() * count) + 1;
  return {
    name: `TPC-B, ${clients} clients`,
    lanes: clients,
    once: async () => {
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
    },
    stop: async () => await pool.end(),
  };
}
