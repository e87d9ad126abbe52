import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { warnWithoutRedis } from '#test/queue-servers.ts';
import { hasRedis } from '#test/redis.ts';
import { runArguments } from './run-arguments.ts';

warnWithoutRedis();

/** Rows that take only seconds: one in which the queue must deliver a job again, and the others, which run once. */
const queueRows = ['conserved'];
const otherRows = ['departures', 'duplicates', 'overdraft', 'torn-answers', 'tampering'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-prove-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([['postgres', [...queueRows, ...otherRows]], ...(hasRedis ? [['redis', queueRows] as const] : [])] as const)(
  'all rows of a short run with the jobs on %s pass, and its table lists them',
  async (queue, shortRows) => {
    const table = join(folder, 'table.txt');
    const rows = shortRows.flatMap((row) => ['--only', row]);
    const options = ['--orders', '40', '--kills', '1', '--seed', '5', '--queue', queue, '--output', table, ...rows];

    const { code, output } = await runArguments('checks/prove/main.ts', options);

    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    expect(readFileSync(table, 'utf8').match(/\| yes \|$/gm)).toHaveLength(shortRows.length);
  },
);

test('an unknown row is refused', async () => {
  const { code, output } = await runArguments('checks/prove/main.ts', ['--only', 'luck']);

  expect(code).toBe(1);
  expect(output).toContain('Invalid option');
});
