import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedDocuments, generatedErrorPage, readDocuments } from './interfaces/documents.ts';
import { documentFaults } from './interfaces/validate.ts';
import { staleFilesOf, writeFiles } from './write-files.ts';

/**
 * `npm run interfaces` generates the interface descriptions and docs/errors.md from the code. With `--check` it writes nothing, and fails
 * if one is stale or if any violates its specification.
 */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const generated = [...(await generatedDocuments()), await generatedErrorPage()];
if (values.check) await check();
else writeFiles(generated);

async function check(): Promise<void> {
  for (const { file } of staleFilesOf(generated)) fail(basename(file.pathname), 'is stale, run `npm run interfaces`');
  const documents = readDocuments();
  for (const { name, document } of documents) {
    for (const fault of await documentFaults(document)) fail(name, fault);
  }
  if (process.exitCode === undefined)
    console.log(`The ${documents.length} interface descriptions are valid and up to date.`);
}

function fail(name: string, fault: string): void {
  console.error(`${name}: ${fault}`);
  process.exitCode = 1;
}
