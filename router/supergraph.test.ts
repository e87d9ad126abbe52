import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLog } from '#platform/telemetry/log.ts';
import { CannotStart } from '#platform/process/process.ts';
import { readConfig } from './config.ts';
import { startRouter } from './router.ts';
import { sharedRootFields } from './supergraph.ts';

const supergraph = readFileSync(readConfig({}).SUPERGRAPH_FILE, 'utf8');

describe('a supergraph that cannot be used', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'router-test-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const texts: [what: string, text: string | null][] = [
    ['is not there', null],
    ['is empty', ''],
    ['is no GraphQL', 'type Query {'],
    ['is not composed', 'type Query { viewer: ID }'],
    ['names a type that it lacks', supergraph.replace('type Account\n', 'type Konto\n')],
  ];

  test.each(texts)('stops the start: it %s', async (_what, text) => {
    const file = join(folder, 'schema.graphql');
    rmSync(file, { force: true });
    if (text !== null) writeFileSync(file, text);
    const config = readConfig({ SUPERGRAPH_FILE: file, EXPLORER: 'false' });
    const started = startRouter(config, createLog('router', 'silent'));

    await expect(started).rejects.toThrow(CannotStart);
    await expect(started).rejects.toThrow(/npm run compose/);
  });
});

test('the viewer is the only root field that all subgraphs resolve', () => {
  expect(sharedRootFields(supergraph)).toEqual(new Set(['viewer']));
});
