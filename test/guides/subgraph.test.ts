import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { testSetting } from '../test-setting.ts';
import { copyProject, followGuide, type ProjectCopy } from './copy.ts';
import { readGuide } from './guide.ts';

const guide = readGuide('subgraph');
/** Databases whose names begin with the run's prefix are dropped after the run. */
const prefix = `${testSetting('WALLET_TEST_PREFIX')}guide_`;
let copy: ProjectCopy;
const read = (file: string) => readFileSync(join(copy.folder, file), 'utf8');

beforeAll(() => {
  copy = copyProject();
}, 60_000);
afterAll(() => copy.remove());

test('a fifth subgraph is added in 13 files, has its manifests, and answers together with an old one', async () => {
  await followGuide(guide, copy);
  const types = copy.run('tsc', '--noEmit');
  const manifests = copy.run('node', 'tools/check-manifests.ts');
  const printed = await copy.run(
    'node',
    'test/guides/run-subgraph.ts',
    testSetting('WALLET_TEST_DATABASE_URL'),
    prefix,
  );
  await types;
  expect(await manifests).toContain('No faults in ');

  expect(JSON.parse(printed)).toEqual({
    refused: ['INVALID_STARS'],
    reviewed: { order: { productId: 'book' }, stars: 5 },
    found: [{ productId: 'book', review: { stars: 5 } }],
  });
  expect(read('compose.yaml')).toContain('subgraphs/review/server.ts');
  expect(read('k8s/base/review.yaml')).toContain('args: [subgraphs/review/server.ts]');
}, 600_000);

test('the guide counts its files: at most 15, and names those that its commands write', () => {
  const generated = [
    'schema.graphql',
    'supergraph.yaml',
    'subgraphs/review/types.generated.ts',
    'k8s/base/review.yaml',
    'k8s/base/settings/review.env',
    'compose.yaml',
  ];
  expect(guide.files).toHaveLength(13);
  expect(guide.files.length).toBeLessThanOrEqual(15);
  expect(guide.text).toContain('You touch 13 files, with those for its deployment.');
  for (const file of generated) expect(guide.text).toContain(`\`${file}\``);
});
