import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDatabases, type TestDatabases } from '../database.ts';
import { copyProject, followGuide, type ProjectCopy } from './copy.ts';
import { readGuide } from './guide.ts';

const guide = readGuide('job');
let copy: ProjectCopy;
let databases: TestDatabases;

beforeAll(async () => {
  copy = copyProject();
  databases = await createDatabases('jobs');
  // The databases of the tests have no sequence for the new queue.
  await databases.asOwner('jobs', `grant create on schema bullmq to ${new URL(databases.urls.jobs).username}`);
}, 300_000);
afterAll(async () => {
  copy.remove();
  await databases.drop();
});

test('a job is added in two files, and its jobs are done', async () => {
  await followGuide(guide, copy);
  const printed = await copy.run('node', 'test/guides/run-job.ts', 'mail-receipts', databases.urls.jobs);

  expect(guide.files).toHaveLength(2);
  expect(guide.text).toContain('You touch 2 files');
  expect(JSON.parse(printed)).toEqual([
    expect.objectContaining({ recipient: 'ada@example.com', body: '2 × book: $120.50' }),
  ]);
}, 600_000);
