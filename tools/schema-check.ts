import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { missingFromContract, readContract } from './contract.ts';
import { generatedFiles } from './generated-files.ts';
import { intendedChanges, schemaChanges } from './schema-changes.ts';
import { apiOf, compose, readSubgraphs } from './supergraph.ts';
import { nameOf, staleFilesOf } from './write-files.ts';

/**
 * `npm run schema:check` composes the subgraphs' SDL, shows the hints of composition and what has changed since the
 * last release, and fails where a change breaks clients that is not marked as intended, where the contract is broken,
 * and where a written file is not what `npm run compose` would write. `npm run schema:release` makes the API the
 * released one, and forgets what was intended.
 */

const releasedFile = new URL('../docs/schema/released.graphql', import.meta.url);
const intendedFile = new URL('../docs/schema/intended-changes.yaml', import.meta.url);

const { values } = parseArgs({ options: { release: { type: 'boolean', default: false } } });

const { supergraphSdl, hints } = compose(readSubgraphs());
const api = apiOf(supergraphSdl);
if (values.release) release();
else await check();

function release(): void {
  const sdl = printSchema(lexicographicSortSchema(api));
  writeFileSync(releasedFile, `# The API of the last release, written by \`npm run schema:release\`.\n\n${sdl}\n`);
  const comments = readFileSync(intendedFile, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'));
  writeFileSync(intendedFile, [...comments, '[]', ''].join('\n'));
  console.log(`Wrote ${nameOf(releasedFile)} and emptied ${nameOf(intendedFile)}.`);
}

async function check(): Promise<void> {
  const released = buildSchema(readFileSync(releasedFile, 'utf8'));
  const intended = intendedChanges.parse(parseYaml(readFileSync(intendedFile, 'utf8')));
  const changes = await schemaChanges(released, api, intended);

  tell('hint', hints);
  tell('dangerous', changes.dangerous);
  tell('breaking, as intended', changes.intended);
  fail('breaking', changes.breaking);
  fail('marked as intended, but not so', changes.vain);
  fail('the contract is broken', missingFromContract(api, readContract()));
  const stale = staleFilesOf(await generatedFiles(supergraphSdl, api));
  fail(
    'stale, run `npm run compose`',
    stale.map(({ file }) => nameOf(file)),
  );
  if (process.exitCode === undefined) {
    const { dangerous, intended } = changes;
    console.log(
      'The subgraphs compose, the contract holds and generated files are up to date. ' +
        `Changes since the release: ${dangerous.length} dangerous, ${intended.length} breaking as intended.`,
    );
  }
}

function tell(what: string, sentences: readonly string[]): void {
  for (const sentence of sentences) console.log(`${what}: ${sentence}`);
}

function fail(what: string, sentences: readonly string[]): void {
  for (const sentence of sentences) console.error(`${what}: ${sentence}`);
  if (sentences.length > 0) process.exitCode = 1;
}
