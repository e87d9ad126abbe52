import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type ExecutionResult, graphql, type GraphQLSchema } from 'graphql';
import { operationsPath, readOperations } from '#platform/graphql/operations.ts';
import { composeSupergraph } from '#test/federation/compose.ts';
import { shop } from './shop.ts';

/**
 * The process of the shop's subgraphs. Each executes a request once and replays the answer to equal requests, so that
 * subgraphs take as little processor time as possible. One server answers both protocols: GraphQL over HTTP at
 * `/graphql`, and the router's own at `/operations`.
 */

const [latencyMs, ...ports] = process.argv.slice(2).map(Number);
const { schemas } = composeSupergraph(shop);
/** A router batches the operations of several clients, so equal requests need not repeat soon. */
const maxRecorded = 5_000;

/** Returns the lines of a response of the router's protocol, or the response of GraphQL over HTTP. */
async function execute(schema: GraphQLSchema, path: string | undefined, body: string): Promise<string> {
  if (path !== operationsPath) return JSON.stringify(await resultOf(schema, JSON.parse(body) as Asked));
  const results = await Promise.all(
    readOperations(JSON.parse(body)).map(async (operation) => await resultOf(schema, operation)),
  );
  return results.map((result, index) => `${JSON.stringify([index, result])}\n`).join('');
}

interface Asked {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

async function resultOf(schema: GraphQLSchema, { query, operationName, variables }: Asked): Promise<ExecutionResult> {
  return await graphql({ schema, source: query, operationName, variableValues: variables });
}

const traceparents = /"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]"/g;

function serve(schema: GraphQLSchema) {
  const recorded = new Map<string, Buffer>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const key = body.replaceAll(traceparents, 'null');
    let answer = recorded.get(key);
    if (answer === undefined) {
      answer = Buffer.from(await execute(schema, request.url, body));
      if (recorded.size < maxRecorded) recorded.set(key, answer);
    }
    if (latencyMs! > 0) await delay(latencyMs);
    const type = request.url === operationsPath ? 'application/x-ndjson' : 'application/json';
    response.writeHead(200, { 'content-type': type, 'content-length': answer.length }).end(answer);
  };
}

for (const [index, name] of Object.keys(shop).entries()) {
  const answer = serve(schemas[name]!);
  const server = createServer((request, response) => void answer(request, response));
  server.keepAliveTimeout = 60_000;
  await once(server.listen(ports[index], '127.0.0.1'), 'listening');
}
process.once('disconnect', () => process.exit());
