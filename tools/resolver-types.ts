import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { subgraphs } from '#subgraphs/manifest.ts';
import { readSubgraphs } from './supergraph.ts';

const capitalized = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}`;

/** @returns the text of each subgraph's types.generated.ts. */
export async function generateResolverTypes(): Promise<[URL, string][]> {
  return await Promise.all(
    readSubgraphs().map(async ({ name, typeDefs }): Promise<[URL, string]> => {
      const text = await codegen({
        documents: [],
        filename: 'types.generated.ts',
        schema: typeDefs,
        plugins: [{ typescript: {} }, { typescriptResolvers: {} }],
        pluginMap: { typescript, typescriptResolvers },
        config: {
          federation: true,
          enumsAsTypes: true,
          immutableTypes: true,
          useTypeImports: true,
          strictScalars: true,
          defaultScalarType: 'unknown',
          scalars: {
            Decimal: { input: '../../platform/money/decimal.ts#Decimal', output: 'string' },
            DateTime: 'Date',
            _FieldSet: 'string',
          },
          mappers: subgraphs[name].resolverTypes,
          contextType: `./context.ts#${capitalized(name)}Context`,
        },
      });
      return [
        new URL(`../subgraphs/${name}/types.generated.ts`, import.meta.url),
        `// Generated from schema.graphql by \`npm run compose\`: change that.\n${text}`,
      ];
    }),
  );
}
