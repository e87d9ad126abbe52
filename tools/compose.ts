import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { missingFromContract, readContract } from './contract.ts';
import { generateResolverTypes } from './resolver-types.ts';
import { compose, readSubgraphs, supergraphFile } from './supergraph.ts';

/**
 * `npm run compose` writes schema.graphql and the resolvers' types from the subgraphs' SDL; with `--check` it
 * writes nothing and fails where a written file is not what it would write.
 */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const { supergraphSdl, hints } = compose(readSubgraphs());
for (const hint of hints) console.log(`hint: ${hint}`);

const files = new Map([[supergraphFile, supergraphSdl], ...(await generateResolverTypes())]);
const stale = [...files].filter(([file, text]) => readIfThere(file) !== text).map(([file]) => file);
if (!values.check) for (const file of stale) writeFileSync(file, files.get(file)!);

const missing = missingFromContract(Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema(), readContract());
const faults = [
  ...(values.check ? stale.map((file) => `${file.pathname} is stale: run \`npm run compose\``) : []),
  ...missing.map((what) => `the contract is broken: ${what}`),
];
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function readIfThere(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
