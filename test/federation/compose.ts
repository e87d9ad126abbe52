import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';

/** A subgraph in memory. */
export interface Subgraph {
  readonly sdl: string;
  readonly resolvers: object;
}

/** By the subgraph's name. */
export type Subgraphs = Readonly<Record<string, Subgraph>>;

export interface Supergraph {
  readonly supergraphSdl: string;
  /** By the subgraph's name. */
  readonly schemas: Readonly<Record<string, GraphQLSchema>>;
}

const federation = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: [
    "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"
    "@extends"
  ]
)`;

/** A subgraph of federation 2. The SDL uses federation's directives by their own names. */
export function subgraph(sdl: string, resolvers: object = {}): Subgraph {
  return { sdl: `${federation}\n${sdl}`, resolvers };
}

/** @throws AggregateError if the subgraphs do not compose. */
export function composeSupergraph(subgraphs: Subgraphs): Supergraph {
  const services = Object.entries(subgraphs).map(([name, { sdl, resolvers }]) => ({
    name,
    url: `http://${name}`,
    typeDefs: parse(sdl),
    resolvers,
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined)
    throw new AggregateError(errors ?? [], errors?.map(({ message }) => message).join('\n'));
  const schemas = services.map(({ name, typeDefs, resolvers }) => {
    const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
    return [name, schema] as const;
  });
  return { supergraphSdl, schemas: Object.fromEntries(schemas) };
}
