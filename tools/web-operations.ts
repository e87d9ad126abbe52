import { readFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { type GraphQLSchema, type DocumentNode, extendSchema, Kind, parse, printSchema } from 'graphql';
import { consoleOperations } from './operations.ts';

const contract = new URL('../test/contract.graphql', import.meta.url);

/** @returns the text of the web console's typed operations, by the router's schema. */
export async function generateWebOperations(api: GraphQLSchema): Promise<[URL, string][]> {
  const schema = subscribedSchema(api);
  return await Promise.all(consoleOperations.map(async (file) => await generate(file, schema)));
}

async function generate(operations: URL, schema: DocumentNode): Promise<[URL, string]> {
  const text = await codegen({
    documents: [{ location: operations.pathname, document: parse(readFileSync(operations, 'utf8')) }],
    filename: 'operations.generated.ts',
    schema,
    plugins: [{ typescriptOperations: {} }, { typedDocumentNode: {} }],
    pluginMap: { typescriptOperations, typedDocumentNode },
    config: { ...operationTypes, documentMode: 'documentNode' },
  });
  const target = new URL('operations.generated.ts', operations);
  return [target, `// Generated from operations.graphql by \`npm run compose\`: change that.\n${text}`];
}

/** How the types of clients' operations are generated. */
export const operationTypes = {
  enumsAsTypes: true,
  immutableTypes: true,
  useTypeImports: true,
  strictScalars: true,
  defaultScalarType: 'unknown',
  scalars: { ID: 'string', Decimal: 'string', DateTime: 'string' },
};

/** The router's schema with its subscriptions, as code generators read it. */
export function subscribedSchema(api: GraphQLSchema): DocumentNode {
  return parse(printSchema(withSubscriptions(api)));
}

/** Adds the subscriptions of the contract: the router serves them, so the composed schema lacks them. */
function withSubscriptions(api: GraphQLSchema): GraphQLSchema {
  if (api.getSubscriptionType() != null) return api;
  const { definitions } = parse(readFileSync(contract, 'utf8'));
  const subscription: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: definitions.filter(
      (definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Subscription',
    ),
  };
  return extendSchema(api, subscription);
}
