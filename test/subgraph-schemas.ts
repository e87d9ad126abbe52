import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { SubgraphName } from '#subgraphs/manifest.ts';

/** @returns the SDL that a subgraph serves. */
export const subgraphSdl = (name: SubgraphName): DocumentNode =>
  parse(readFileSync(new URL(`../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8'));

/** @returns the schema of a subgraph, without resolvers. */
export const subgraphSchema = (name: SubgraphName): GraphQLSchema =>
  buildSubgraphSchema([{ typeDefs: subgraphSdl(name) }]);
