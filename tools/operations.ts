import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getOperationAST, parse, print, separateOperations } from 'graphql';
import { z } from 'zod';
import { examples } from '#router/explorer-examples.ts';
import { documentId } from '#router/limits/registered.ts';
import { routes as restRoutes } from '#router/rest/routes.ts';
import { writeFiles } from './write-files.ts';

/** The registered operations, as Apollo's persisted-query manifest: those of the web console, the collection, the typed client, the REST API and the explorer. */
export const operationsFile = new URL('../router/operations.json', import.meta.url);

/** Those of staff are in a file of their own, since only the browser of a staff member loads them. */
export const consoleOperations = ['graph', 'desk'].map(
  (folder) => new URL(`../web/src/${folder}/operations.graphql`, import.meta.url),
);
/** Those of the typed client for TypeScript. */
export const clientOperations = new URL('../clients/typescript/src/operations.graphql', import.meta.url);
const collection = new URL('../postman/wallet-and-orders.postman_collection.json', import.meta.url);

/** @returns the text of the safelist. */
export function operationsText(): string {
  const documents = [
    ...consoleOperations.flatMap((file) => operationsIn('console', readFileSync(file, 'utf8'))),
    ...queriesIn(JSON.parse(readFileSync(collection, 'utf8'))).flatMap((text) => operationsIn('collection', text)),
    ...operationsIn('typescript', readFileSync(clientOperations, 'utf8')),
    ...restRoutes.flatMap(({ document }) => operationsIn('rest', document)),
    ...examples.flatMap((text) => operationsIn('explorer', text)),
  ];
  const byId = new Map(documents.map((operation) => [operation.id, operation]));
  const operations = [...byId.values()].toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
  return `${JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }, null, 2)}\n`;
}

/** An operation of Apollo's persisted-query manifest. */
interface RegisteredOperation {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly clientName: string;
  readonly body: string;
}

const sortKey = ({ clientName, name, id }: RegisteredOperation) => `${clientName} ${name} ${id}`;

function operationsIn(clientName: string, text: string): RegisteredOperation[] {
  return Object.entries(separateOperations(parse(text, { noLocation: true }))).map(([name, document]) => ({
    id: documentId(document),
    name,
    type: getOperationAST(document)!.operation,
    clientName,
    body: print(document),
  }));
}

interface Item {
  readonly item?: Item[] | undefined;
  readonly request?:
    { readonly body?: { readonly graphql?: { readonly query: string } | undefined } | undefined } | undefined;
}

const item: z.ZodType<Item> = z.lazy(() =>
  z.object({
    item: z.array(item).optional(),
    request: z
      .object({ body: z.object({ graphql: z.object({ query: z.string() }).optional() }).optional() })
      .optional(),
  }),
);

/** Omits documents that the collection sends to show a syntax error. */
function queriesIn(folder: unknown): string[] {
  const { item: items = [], request } = item.parse(folder);
  const query = request?.body?.graphql?.query;
  return [...(query === undefined || !isDocument(query) ? [] : [query]), ...items.flatMap(queriesIn)];
}

function isDocument(text: string): boolean {
  try {
    return separateOperations(parse(text)) !== null;
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFiles([{ file: operationsFile, text: operationsText() }]);
}
