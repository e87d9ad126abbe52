import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { warnWithoutRedis } from '#test/queue-servers.ts';
import { hasRedis } from '#test/redis.ts';
import { runArguments } from './run-arguments.ts';

warnWithoutRedis();

/** Those that take seconds. */
const shortRows = ['conserved', 'overdraft', 'one-key', 'departures', 'duplicates', 'torn-answers', 'tampering'];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wallet-prove-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(['postgres', ...(hasRedis ? ['redis'] : [])])(
  'a short run with the jobs on %s reaches its promises, and its table says so',
  async (queue) => {
    const output = join(folder, 'table.txt');
    const rows = shortRows.flatMap((row) => ['--only', row]);
    const asked = ['--orders', '40', '--kills', '1', '--seed', '5', '--queue', queue, '--output', output, ...rows];

    const { code, said } = await runArguments('checks/prove/main.ts', asked);

    expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
    expect(readFileSync(output, 'utf8').match(/\| yes \|$/gm)).toHaveLength(shortRows.length);
  },
  180_000,
);

test('a row that there is not is refused', async () => {
  const { code, said } = await runArguments('checks/prove/main.ts', ['--only', 'luck']);

  expect(code).toBe(1);
  expect(said).toContain('Invalid option');
});
