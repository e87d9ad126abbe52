import { readFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import {
  getNullableType,
  getOperationAST,
  type GraphQLSchema,
  isInputObjectType,
  type OperationDefinitionNode,
  parse,
  print,
  separateOperations,
  typeFromAST,
} from 'graphql';
import { faultMeanings, type Retry } from '#platform/errors/fault-meanings.ts';
import { faultCodes, isFaultCode } from '#platform/errors/faults.ts';
import { scopes } from '#platform/identity/scopes.ts';
import { webhookTypes } from './client-webhooks.ts';
import { clientOperations } from './operations.ts';
import { operationTypes, subscribedSchema } from './web-operations.ts';

const folder = new URL('../clients/typescript/src/', import.meta.url);

/** @returns the generated files of the typed client: its operations with their types, the codes of the catalogue, and the events of webhooks. */
export async function generateClient(api: GraphQLSchema): Promise<[URL, string][]> {
  const schema = subscribedSchema(api);
  const text = readFileSync(clientOperations, 'utf8');
  const types = await codegen({
    documents: [{ location: clientOperations.pathname, document: parse(text) }],
    filename: 'operations.generated.ts',
    schema,
    plugins: [{ typescriptOperations: {} }],
    pluginMap: { typescriptOperations },
    config: operationTypes,
  });
  const documents = Object.values(separateOperations(parse(text, { noLocation: true })));
  const operations = documents.map((document) => constantOf(api, getOperationAST(document)!, print(document)));
  return [
    [
      new URL('operations.generated.ts', folder),
      [
        '// Generated from operations.graphql by `npm run compose`: change that.',
        "import { operation } from './operation.ts';",
        types,
        ...operations,
        '',
      ].join('\n'),
    ],
    [new URL('codes.generated.ts', folder), codes()],
    [new URL('webhook-events.generated.ts', folder), webhookTypes()],
  ];
}

function constantOf(
  api: GraphQLSchema,
  { name, operation, variableDefinitions = [] }: OperationDefinitionNode,
  text: string,
): string {
  const { value } = name!;
  const kind = `${operation[0]!.toUpperCase()}${operation.slice(1)}`;
  const isKeyed = variableDefinitions.some(({ type, variable }) => {
    const input = getNullableType(typeFromAST(api, type));
    return variable.name.value === 'input' && isInputObjectType(input) && 'idempotencyKey' in input.getFields();
  });
  const parts = [`'${operation}'`, `'${value}'`, `\`${text}\``, ...(isKeyed ? ['true'] : [])];
  const types = `<${value}${kind}, ${value}${kind}Variables>`;
  return `export const ${value} = /* @__PURE__ */ operation${types}(${parts.join(', ')});\n`;
}

function codes(): string {
  return [
    '// Generated from the catalogue of errors and the list of scopes by `npm run compose`: change those.\n',
    '/** The codes of top-level errors. */\n',
    `export type FaultCode =\n${union(Object.keys(faultCodes))};\n\n`,
    '/** Nothing was executed: any request may be sent again later. */\n',
    `export const untouchedFaults: ReadonlySet<string> = new Set([${faultsTo('later')}]);\n\n`,
    '/** The outcome is unknown: a request that takes effect once may be sent again later. */\n',
    `export const unknownFaults: ReadonlySet<string> = new Set([${faultsTo('with the same key')}]);\n\n`,
    '/** The scopes of an API client. */\n',
    `export type Scope =\n${union(scopes)};\n`,
  ].join('');
}

const faultsTo = (retry: Retry) =>
  Object.keys(faultCodes)
    .filter((code) => isFaultCode(code) && faultMeanings[code].retry === retry)
    .map((code) => `'${code}'`)
    .join(', ');

const union = (names: readonly string[]) => names.map((name) => `  | '${name}'`).join('\n');
