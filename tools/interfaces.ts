import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { generatedDocuments, readDocuments } from './interfaces/documents.ts';
import { documentFaults } from './interfaces/validate.ts';

/**
 * `npm run interfaces` writes the interface descriptions of what is built, from the code. With `--check` it writes
 * nothing, and fails where one is stale or where any in docs/architecture is not what its specification asks for.
 */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const generated = await generatedDocuments();
const stale = generated.filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text);
if (values.check) await check();
else for (const { file, text } of stale) writeFileSync(file, text);

async function check(): Promise<void> {
  for (const { file } of stale) fail(basename(file.pathname), 'is stale, run `npm run interfaces`');
  for (const { name, document } of readDocuments()) {
    for (const fault of await documentFaults(document)) fail(name, fault);
  }
}

function fail(name: string, fault: string): void {
  console.error(`docs/architecture/${name}: ${fault}`);
  process.exitCode = 1;
}
