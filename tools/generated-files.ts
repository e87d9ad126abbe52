import type { GraphQLSchema } from 'graphql';
import { generateClient } from './client-operations.ts';
import { generateResolverTypes } from './resolver-types.ts';
import { roverConfig, roverConfigFile, supergraphFile } from './supergraph.ts';
import { webEnumerations } from './web-enumerations.ts';
import { generateWebOperations } from './web-operations.ts';
import type { GeneratedFile } from './write-files.ts';

/** The files generated from the manifest and the SDL of the subgraphs: the supergraph, rover's configuration, types and lists, and the typed client's operations. */
export async function generatedFiles(supergraphSdl: string, api: GraphQLSchema): Promise<GeneratedFile[]> {
  const files = [
    [supergraphFile, supergraphSdl] as const,
    [roverConfigFile, roverConfig()] as const,
    ...(await generateResolverTypes()),
    ...(await generateWebOperations(api)),
    ...(await generateClient(api)),
    webEnumerations(api),
  ];
  return files.map(([file, text]) => ({ file, text }));
}
