import type { GraphQLSchema } from 'graphql';
import { generateResolverTypes } from './resolver-types.ts';
import { supergraphFile } from './supergraph.ts';
import { generateWebOperations } from './web-operations.ts';
import type { GeneratedFile } from './write-files.ts';

/** The files that are generated from the SDL of the subgraphs: the supergraph, and types. */
export async function generatedFiles(supergraphSdl: string, api: GraphQLSchema): Promise<GeneratedFile[]> {
  const files = [
    [supergraphFile, supergraphSdl] as const,
    ...(await generateResolverTypes()),
    ...(await generateWebOperations(api)),
  ];
  return files.map(([file, text]) => ({ file, text }));
}
