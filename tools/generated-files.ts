import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { generateResolverTypes } from './resolver-types.ts';
import { supergraphFile } from './supergraph.ts';
import { generateWebOperations } from './web-operations.ts';

export interface GeneratedFile {
  readonly file: URL;
  /** What it has to say. */
  readonly text: string;
}

/** The files that come of the subgraphs' SDL and do not say what they have to: the supergraph, and types of it. */
export async function staleFiles(supergraphSdl: string, api: GraphQLSchema): Promise<GeneratedFile[]> {
  const files = [
    [supergraphFile, supergraphSdl] as const,
    ...(await generateResolverTypes()),
    ...(await generateWebOperations(api)),
  ];
  return files.map(([file, text]) => ({ file, text })).filter(({ file, text }) => readIfThere(file) !== text);
}

function readIfThere(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
