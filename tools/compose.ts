import { writeFileSync } from 'node:fs';
import { staleFiles } from './generated-files.ts';
import { apiOf, compose, readSubgraphs } from './supergraph.ts';

/** `npm run compose` writes schema.graphql, the resolvers' types and the web console's from the subgraphs' SDL. */
const { supergraphSdl, hints } = compose(readSubgraphs());
for (const hint of hints) console.log(`hint: ${hint}`);
for (const { file, text } of await staleFiles(supergraphSdl, apiOf(supergraphSdl))) writeFileSync(file, text);
