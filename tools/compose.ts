import { currencyFiles } from './currency-files.ts';
import { generatedFiles } from './generated-files.ts';
import { apiOf, compose, readSubgraphs } from './supergraph.ts';
import { writeFiles } from './write-files.ts';

/**
 * `npm run compose` writes what follows from the list of currencies into the subgraphs' SDL. From the SDL it writes
 * schema.graphql, the resolvers' types, and the web console's types and lists of values.
 */
writeFiles(currencyFiles());
const { supergraphSdl, hints } = compose(readSubgraphs());
for (const hint of hints) console.log(`hint: ${hint}`);
writeFiles(await generatedFiles(supergraphSdl, apiOf(supergraphSdl)));
