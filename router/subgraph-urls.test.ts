import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { serveOperations } from '#platform/graphql/operations-http.ts';
import { createPipeline } from '#platform/graphql/pipeline.ts';
import { createHttp } from '#platform/http/http.ts';
import { listen } from '#platform/http/listen.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { addressOf } from '#test/router/address.ts';
import { readConfig } from './config.ts';
import { startRouter } from './router.ts';

const log = createLog('test', 'silent');
let folder: string;
const stops: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
});

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  rmSync(folder, { recursive: true });
});

const federation = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

/** A subgraph of another system, as the supergraph lists it. */
interface Other {
  readonly name: string;
  readonly field: string;
  readonly routingUrl: string;
}

const typeDefs = ({ field }: Pick<Other, 'field'>) => parse(`${federation} type Query { ${field}: String }`);

/** Serves a subgraph whose one field says its own name. */
async function serve(field: string): Promise<string> {
  const resolvers = { Query: { [field]: () => field } };
  const schema = buildSubgraphSchema([{ typeDefs: typeDefs({ field }), resolvers }]);
  const http = createHttp({ log, bodyLimit: 100_000 });
  const pipeline = createPipeline({ schema, contextOf: async () => ({}), introspection: true, log });
  serveOperations(http, pipeline.executeRequest, log);
  await listen(http, '127.0.0.1', 0, 'none');
  stops.push(async () => {
    http.server.closeAllConnections();
    await http.close();
  });
  return `${addressOf(http.server)}/graphql`;
}

/** Writes the supergraph of these subgraphs. */
function supergraphOf(others: readonly Other[]): string {
  const { supergraphSdl } = composeServices(
    others.map((other) => ({ name: other.name, url: other.routingUrl, typeDefs: typeDefs(other) })),
  );
  const file = join(folder, 'schema.graphql');
  writeFileSync(file, supergraphSdl!);
  return file;
}

test('the router serves any supergraph: a setting or the routing URL says where each subgraph is', async () => {
  const file = supergraphOf([
    { name: 'orders', field: 'orders', routingUrl: await serve('orders') },
    { name: 'book-store', field: 'book', routingUrl: 'http://127.0.0.1:1/graphql' },
  ]);
  const settings = { SUPERGRAPH_FILE: file, BOOK_STORE_URL: await serve('book'), EXPLORER: 'false' };
  const config = { ...readConfig(settings), ROUTER_PORT: 0, ROUTER_MANAGEMENT_PORT: 0 };
  const router = await startRouter(config, log);
  stops.push(router.stop);

  const answer = await fetch(`http://127.0.0.1:${router.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ orders book }' }),
  });
  expect(await answer.json()).toEqual({ data: { orders: 'orders', book: 'book' } });
});

test('a subgraph without a routing URL needs its setting', () => {
  const file = supergraphOf([{ name: 'stock', field: 'stock', routingUrl: '' }]);

  expect(() => readConfig({ SUPERGRAPH_FILE: file })).toThrow('STOCK_URL is not set');
  expect(readConfig({ SUPERGRAPH_FILE: file, STOCK_URL: 'http://stock/graphql' }).subgraphUrls).toEqual(
    new Map([['stock', 'http://stock/graphql']]),
  );
});

test('a subgraph whose setting would be one of the router is refused by name', () => {
  const file = supergraphOf([{ name: 'jwks', field: 'keys', routingUrl: 'http://127.0.0.1:1/graphql' }]);

  expect(() => readConfig({ SUPERGRAPH_FILE: file })).toThrow('JWKS_URL cannot name the URL of the subgraph jwks');
});
