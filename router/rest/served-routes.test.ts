import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createHttp, type Http } from '#platform/http/http.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { Decisions } from './decisions.ts';
import { type RestOptions, serveRest } from './rest.ts';
import { routes } from './routes.ts';

const log = createLog('test', 'silent');
let http: Http;

beforeAll(() => {
  http = createHttp({ log, bodyLimit: 1_000 });
});
afterAll(async () => await http.close());

test('routes whose fields the supergraph does not have are named in a warning', () => {
  const warnings: unknown[] = [];
  const warn = (fields: object) => void warnings.push(fields);
  serveRest(http, {
    schema: buildSchema('type Query { transaction(id: ID!): String }'),
    decisions: new Decisions(null, 1),
    limitDocument: () => undefined,
    log: { ...log, warn },
  } as unknown as RestOptions);

  expect(warnings).toEqual([{ routes: routes.map(({ method, path }) => `${method} ${path}`) }]);
});
