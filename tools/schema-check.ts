import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { parse as parseYaml } from 'yaml';
import { missingFromContract, readContract } from './contract.ts';
import { currencyFiles } from './currency-files.ts';
import { generatedFiles } from './generated-files.ts';
import { intendedChanges, schemaChanges } from './schema-changes.ts';
import { apiOf, compose, readSubgraphs, undescribed } from './supergraph.ts';
import { nameOf, staleFilesOf } from './write-files.ts';

/**
 * `npm run schema:check` composes the subgraphs' SDL and prints what has changed since the last release. It fails on
 * hints of composition, parts without a description, breaking changes that are not marked as intended, a broken
 * contract, and files that differ from what `npm run compose` would write. `npm run schema:release` records the API as
 * the released one and empties the list of intended changes.
 */

const releasedFile = new URL('../docs/schema/released.graphql', import.meta.url);
const intendedFile = new URL('../docs/schema/intended-changes.yaml', import.meta.url);

const { values } = parseArgs({ options: { release: { type: 'boolean', default: false } } });

const subgraphs = readSubgraphs();
const { supergraphSdl, hints } = compose(subgraphs);
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

  fail('hint', hints);
  fail('without a description', undescribed(subgraphs));
  report('dangerous', changes.dangerous);
  report('breaking, as intended', changes.intended);
  fail('breaking', changes.breaking);
  fail('marked as intended, but not found', changes.unused);
  fail('the contract is broken', missingFromContract(api, readContract()));
  const stale = staleFilesOf([...currencyFiles(), ...(await generatedFiles(supergraphSdl, api))]);
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

function report(label: string, texts: readonly string[]): void {
  for (const text of texts) console.log(`${label}: ${text}`);
}

function fail(label: string, texts: readonly string[]): void {
  for (const text of texts) console.error(`${label}: ${text}`);
  if (texts.length > 0) process.exitCode = 1;
}
