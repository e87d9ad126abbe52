import { generatedFiles } from './generated-files.ts';
import { apiOf, compose, readSubgraphs } from './supergraph.ts';
import { writeFiles } from './write-files.ts';

/** `npm run compose` writes schema.graphql, the resolvers' types and the web console's from the subgraphs' SDL. */
const { supergraphSdl, hints } = compose(readSubgraphs());
for (const hint of hints) console.log(`hint: ${hint}`);
writeFiles(await generatedFiles(supergraphSdl, apiOf(supergraphSdl)));
