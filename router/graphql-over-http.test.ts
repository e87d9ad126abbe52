import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

const bareGet = 'asks by GET with nothing that keeps another site from sending the same: CSRF prevention refuses it';
const introspects = 'asks for the schema';

/** The audits that the router fails, by id, and why it is meant to. */
const failing: Readonly<Record<string, string>> = { '5A70': bareGet, D6D5: bareGet, '6A70': bareGet };
const failingWithoutIntrospection = { ...failing, BF61: introspects, '2EA1': introspects, '28B9': introspects };

describe.each([
  ['with introspection', 'true', failing],
  ['without introspection', 'false', failingWithoutIntrospection],
] as const)('%s', (_what, introspection, expected) => {
  let router: RunningRouter;
  beforeAll(async () => {
    router = await startRouterWithDoubles({}, { INTROSPECTION: introspection });
  });
  afterAll(async () => await router.stop());

  test('the router passes every audit of GraphQL over HTTP, except those listed with a reason', async () => {
    const audits = serverAudits({ url: `${router.origin}/graphql` });
    const results = await Promise.all(audits.map(async ({ id, fn }) => ({ id, status: (await fn()).status })));
    const failed = results.filter(({ status }) => status !== 'ok');

    expect(results).toHaveLength(61);
    expect(failed.map(({ id }) => id).toSorted()).toEqual(Object.keys(expected).toSorted());
  });
});

describe('with introspection and the header that CSRF prevention requires', () => {
  let router: RunningRouter;
  beforeAll(async () => {
    router = await startRouterWithDoubles();
  });
  afterAll(async () => await router.stop());

  test('every audit passes', async () => {
    const fetchFn = async (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('apollo-require-preflight', 'true');
      return await fetch(url, { ...init, headers });
    };
    const audits = serverAudits({ url: `${router.origin}/graphql`, fetchFn });
    const results = await Promise.all(audits.map(async ({ fn }) => await fn()));

    expect(results.filter(({ status }) => status !== 'ok')).toEqual([]);
  });

  test.each([
    [400, undefined],
    [400, '*/*'],
    [400, 'application/json, text/plain, */*'],
    [400, 'application/graphql-response+json, application/json;q=0.9'],
    [400, 'application/graphql-response+json'],
    [400, 'Application/GraphQL-Response+JSON'],
    [200, 'application/json'],
    [200, 'Application/JSON'],
    [200, 'APPLICATION/JSON; charset=UTF-8'],
    [200, 'application/json, application/graphql-response+json;q=0'],
  ])('a document that is wrong gets %i with Accept: %s', async (status, accept) => {
    const answer = await router.ask('{', { headers: accept === undefined ? {} : { accept } });

    expect(answer).toMatchObject({ status, errors: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  });
});
