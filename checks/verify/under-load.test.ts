import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { type Customers, openCustomers } from '#test/acting-customers.ts';
import { liveThrough } from '#test/true-history.ts';
import type { Finding } from './finding.ts';
import { verify } from './verify.ts';

let databases: TestDatabases;
let customers: Customers;

beforeAll(async () => {
  databases = await createDatabases();
  customers = await openCustomers(databases.urls);
});

afterAll(async () => {
  await customers.close();
  await databases.drop();
});

async function findings(graceS: number): Promise<Finding[]> {
  const found: Finding[] = [];
  const onFinding = (finding: Finding) => void found.push(finding);
  await verify({ urls: databases.verifierUrls, graceS, outboxMaxAgeS: 900, onFinding });
  return found;
}

test('has no findings while customers act concurrently, nor afterwards', async () => {
  const done = new AbortController();
  const work = Array.from({ length: 3 }, async () => {
    while (!done.signal.aborted) await liveThrough(customers);
  });
  // The test lasts three times as long as the grace period, so most rows are older than it.
  const graceS = 2;
  try {
    for (const until = performance.now() + 3_000 * graceS; performance.now() < until;) {
      expect(await findings(graceS)).toEqual([]);
    }
  } finally {
    done.abort();
    await Promise.all(work);
  }

  expect(await findings(0)).toEqual([]);
});
