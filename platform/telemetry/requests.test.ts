import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDatabases, type TestDatabases } from '#test/database.ts';
import { graphql } from '#test/graphql.ts';
import { startSubgraphProcess, type SubgraphProcess } from '#test/subgraph-process.ts';
import { until } from '#test/until.ts';

let databases: TestDatabases;
let notification: SubgraphProcess;

beforeAll(async () => {
  databases = await createDatabases('notification');
  notification = await startSubgraphProcess('notification', {
    NOTIFICATION_DATABASE_URL: databases.processes.notification.service,
    LOG_LEVEL: 'debug',
  });
});

afterAll(async () => {
  await notification.stop();
  await databases.drop();
});

test('a request leaves one line of log, with what was asked, what came of it, and its trace', async () => {
  const token = 'a.bad.token';
  await graphql(notification.url, { query: 'query Named { viewer { id } }', token });

  const answered = await until('the line', () => {
    const lines = notification
      .output()
      .split('\n')
      .filter((line) => line.includes('"answered"'));
    return lines.length === 0 ? null : lines;
  });
  expect(answered).toHaveLength(1);
  expect(JSON.parse(answered[0]!)).toMatchObject({
    level: 'debug',
    operation: 'Named',
    outcome: 'invalid',
    status: expect.any(Number),
    ms: expect.any(Number),
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(notification.output()).not.toContain(token);
});
