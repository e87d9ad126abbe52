import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { missingFromContract, readContract } from './contract.ts';
import { generateResolverTypes } from './resolver-types.ts';
import { compose, readSubgraphs, supergraphFile } from './supergraph.ts';
import { generateWebOperations } from './web-operations.ts';

/**
 * `npm run compose` writes schema.graphql, the resolvers' types and the web console's from the subgraphs' SDL; with `--check` it
 * writes nothing and fails where a written file is not what it would write.
 */
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const { supergraphSdl, hints } = compose(readSubgraphs());
for (const hint of hints) console.log(`hint: ${hint}`);

const api = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema();
const files = new Map([
  [supergraphFile, supergraphSdl],
  ...(await generateResolverTypes()),
  ...(await generateWebOperations(api)),
]);
const stale = [...files].filter(([file, text]) => readIfThere(file) !== text).map(([file]) => file);
if (!values.check) for (const file of stale) writeFileSync(file, files.get(file)!);

const missing = missingFromContract(api, readContract());
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
