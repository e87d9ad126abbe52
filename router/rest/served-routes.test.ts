import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createHttp, type Http } from '#platform/http/http.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
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

describe('the OpenAPI document', () => {
  const text = readFileSync(new URL('openapi.json', import.meta.url), 'utf8');

  test('has no words of the graph in its descriptions', () => {
    const descriptions = [...text.matchAll(/"(?:description|summary)": "((?:[^"\\\\]|\\\\.)*)"/g)].map(
      ([, one]) => one!,
    );
    const mutations = routes.flatMap(({ document }) => /payload: (\w+)\(/.exec(document)?.[1] ?? []);
    const words = new RegExp(`\\b(?:endCursor|userErrors|viewer|mutations?)\\b|\`(?:${mutations.join('|')})\``);
    expect(descriptions.length).toBeGreaterThan(100);
    expect(descriptions.filter((one) => words.test(one))).toEqual([]);
  });

  test.each(['0', '-0', '12.50', '01.00', '00', '1.', '.5', '1e3', '+1', '٣', '-1.0'])(
    'describes the amount %s as the API reads it',
    (amount) => {
      const { pattern } = JSON.parse(text).components.schemas.Money.properties.amount;
      expect(new RegExp(pattern).test(amount)).toBe(parseDecimal(amount) !== null);
    },
  );
});
