import { describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from '#local/command.ts';
import { areaOf } from './areas.ts';
import { selfTimes } from './self-times.ts';

const ours = (path: string) => pathToFileURL(join(project, path)).href;

const frame = (functionName: string, url = '') => ({ functionName, url });

describe('a function belongs to', () => {
  test.each([
    ['file:///home/me/wallet/node_modules/graphql/execution/execute.mjs', 'graphql-js'],
    ['file:///home/me/wallet/node_modules/@apollo/server/dist/esm/runHttpQuery.js', '@apollo/server'],
    ['/home/me/wallet/node_modules/@apollo/gateway/node_modules/lru-cache/index.js', 'lru-cache'],
    ['/home/me/wallet/node_modules/@fastify/error/index.js', 'fastify'],
    ['/home/me/wallet/node_modules/pg-protocol/dist/parser.js', 'pg'],
    ['file:///home/me/wallet/node_modules/lru-cache/dist/esm/index.js', 'lru-cache'],
    [ours('router/execution/run.ts'), 'router/execution'],
    [ours('router/admission.ts'), 'router/'],
    [ours('subgraphs/billing/services/transfer.ts'), 'subgraphs/billing'],
    [ours('jobs/workers/settle-orders.ts'), 'jobs/'],
    ['node:internal/deps/undici/undici', 'undici'],
    ['node:_http_server', 'Node: HTTP'],
    ['node:internal/stream_base_commons', 'Node: sockets'],
    ['node:internal/process/task_queues', 'Node: event loop'],
    ['node:buffer', 'Node: other'],
  ])('%s: %s', (url, area) => {
    expect(areaOf(frame('work', url))).toBe(area);
  });

  test.each([
    ['(garbage collector)', 'garbage collection'],
    ['(idle)', 'idle'],
    ['writev', null],
  ])('%s: %s', (name, area) => {
    expect(areaOf(frame(name))).toBe(area);
  });
});

describe('self times', () => {
  const profile = {
    startTime: 1_000,
    nodes: [
      { id: 1, callFrame: frame('(root)'), children: [2, 4] },
      { id: 2, callFrame: frame('send', 'node:net'), children: [3] },
      { id: 3, callFrame: frame('writev') },
      { id: 4, callFrame: frame('(idle)') },
    ],
    samples: [2, 3, 4, 3, 2],
    timeDeltas: [10, 100, 1_000, 200, 5_000],
  };

  test('count a function that is not JavaScript for its caller', () => {
    const times = selfTimes(profile, { fromUs: 0, toUs: Infinity });

    expect(times).toEqual(
      new Map([
        ['Node: sockets', 5_310],
        ['idle', 1_000],
      ]),
    );
  });

  test('are limited to the period', () => {
    const times = selfTimes(profile, { fromUs: 1_100, toUs: 2_400 });

    expect(times).toEqual(
      new Map([
        ['Node: sockets', 300],
        ['idle', 1_000],
      ]),
    );
  });
});
