import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { z } from 'zod';
import { apiPath } from '#router/rest/route.ts';
import { routes } from '#router/rest/routes.ts';
import { setUpAppOf } from '#test/authenticator-app.ts';
import { registerCustomer } from '#test/customer.ts';
import { freePorts } from '#test/free-ports.ts';
import { graphqlData } from '#test/graphql.ts';
import { sharedSystem, type SystemAddresses } from '#test/shared-system.ts';
import { staffToken } from '#test/staff.ts';
import { apiOf } from '../tools/supergraph.ts';

const readJson = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));

const request = z.object({
  name: z.string(),
  request: z.object({
    description: z.string().min(1),
    method: z.string(),
    body: z.object({ graphql: z.object({ query: z.string(), variables: z.string() }).optional() }).optional(),
    url: z.object({ raw: z.string().startsWith('{{baseUrl}}/') }),
  }),
});
const collection = z
  .object({
    item: z.array(z.object({ name: z.string(), description: z.string().min(1), item: z.array(request) })),
    variable: z.array(z.object({ key: z.string(), value: z.string() })),
  })
  .parse(readJson('wallet-and-orders.postman_collection.json'));
const requests = collection.item.flatMap(({ item }) => item);

describe('the collection', () => {
  test('uses arch.homework by default, with its environment and without it', () => {
    const environment = readJson('wallet-and-orders.postman_environment.json');

    expect(collection.variable).toEqual([{ key: 'baseUrl', value: 'http://arch.homework' }]);
    expect(environment).toMatchObject({ values: [{ key: 'baseUrl', value: 'http://arch.homework', enabled: true }] });
  });

  test('starts with the eight steps in order', () => {
    const steps = collection.item[0]!.item.map(({ name }) => Number.parseInt(name, 10));

    expect([...new Set(steps)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(steps).toEqual(steps.toSorted((one, other) => one - other));
  });

  test('has a unique name for each request', () => {
    expect(new Set(requests.map(({ name }) => name)).size).toBe(requests.length);
  });

  test('contains only operations that are valid for the API', () => {
    const api = apiOf(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));

    const documents = requests.flatMap(({ name, request }) =>
      request.body?.graphql === undefined ? [] : [[name, request.body.graphql.query] as const],
    );
    for (const [name, query] of documents) expect([name, validate(api, parse(query))]).toEqual([name, []]);
    expect(documents.length).toBeGreaterThan(20);
  });

  test('contains only REST requests to routes of the API', () => {
    const ofRest = requests.filter(({ request }) => request.url.raw.includes('/api/v1'));
    const known = routes.map(({ method, path }) => `${method} ${apiPath}${path.replaceAll(/\{\w+\}/g, '(variable)')}`);

    for (const { request } of ofRest) {
      const [url = ''] = request.url.raw.replace('{{baseUrl}}', '').split('?');
      expect(known).toContain(`${request.method} ${url.replaceAll(/\{\{\w+\}\}/g, '(variable)')}`);
    }
    expect(ofRest.length).toBeGreaterThan(5);
  });
});

describe('npm run newman', () => {
  let baseUrl: string;

  beforeAll(async () => {
    baseUrl = (await sharedSystem()).origins.router;
  });

  test('passes against a running system, and passes again when it has data', async () => {
    for (const run of ['first', 'second']) {
      const { code, output } = await runNewman('--base-url', baseUrl);

      expect([run, code, output.match(/✗.*/)?.[0]]).toEqual([run, 0, undefined]);
      for (const { name } of requests) expect(output).toContain(`\n${name}\n`);
      expect(output).toContain('✓ the client is revoked');
    }
  });

  test('shows what an operator does, with the variables of one', async () => {
    const system = await sharedSystem();
    const { email, password, secret } = await operatorWithApp(system);
    const variables = { operatorEmail: email, operatorPassword: password, operatorSecret: secret };
    const options = Object.entries(variables).flatMap(([key, value]) => ['--env-var', `${key}=${value}`]);

    const { code, output } = await runNewman('--base-url', baseUrl, '--folder', 'Operators', ...options);

    expect([code, output.match(/✗.*/)?.[0]]).toEqual([0, undefined]);
    expect(output).toContain('✓ the order is rejected, because the account is frozen');
    expect(output).not.toContain(secret);
  });

  test('shows requests and answers, but no token and no password', async () => {
    const { output } = await runNewman('--base-url', baseUrl, '--folder', 'The eight steps');

    expect(output).toContain('"unitPrice": { "amount": "60.25", "currency": "USD" }');
    expect(output).toContain('"total": { "amount": "120.50", "currency": "USD" }');
    expect(output).toContain('"password": "…"');
    expect(output).toMatch(/"accessToken": "eyJ\w{5}…"/);
    expect(output).not.toMatch(/eyJ\w{6}/);
    // The picture in README.md shows a run of the same folder.
    expect(comparable(textOf(picture))).toEqual(comparable(output));
  });

  test('stops at the first failed assertion and names it', async () => {
    const { code, output } = await runNewman('--base-url', baseUrl, '--folder', 'Refusals');

    expect(code).toBe(1);
    expect(output.match(/✗.*/g)).toEqual([
      '✗ the answer is data, without errors: expected response to have status code 200 but got 401',
    ]);
  });

  test('reports that the system does not answer', async () => {
    const [port] = await freePorts(1);

    const { code, output } = await runNewman('--base-url', `http://127.0.0.1:${port}`);

    expect(code).toBe(1);
    expect(output).toMatch(/no answer .*: connect ECONNREFUSED/);
  });

  test('names an invalid argument', async () => {
    const address = await runNewman('--base-url', 'somewhere');
    const unknown = await runNewman('--base', 'http://127.0.0.1:4000');

    expect([address.code, unknown.code]).toEqual([1, 1]);
    expect(address.output).toContain('--base-url must be a URL such as http://127.0.0.1:4000');
    expect(unknown.output).toContain("Unknown option '--base'");
  });
});

/** A customer with an authenticator app, to whom an operator grants the role. */
async function operatorWithApp({ url, databases }: SystemAddresses) {
  const [olga, granter] = [await registerCustomer(url, 'Olga'), await registerCustomer(url, 'Otto')];
  const secret = await setUpAppOf(olga);
  const token = await staffToken(databases.user, granter, ['OPERATOR']);
  const grant = { customerId: olga.id, role: 'OPERATOR', reason: 'a new colleague' };
  const query = 'mutation ($input: RoleInput!) { grantRole(input: $input) { userErrors { code } } }';
  expect(await graphqlData(url, { query, variables: { input: grant }, token })).toEqual({
    grantRole: { userErrors: [] },
  });
  return { ...olga, secret };
}

const picture = readFileSync(new URL('../docs/images/newman.svg', import.meta.url), 'utf8');

/** The text of a picture made by `npm run newman:picture`. */
function textOf(svg: string): string {
  const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };
  const rows = [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, row]) =>
    row!.replaceAll(/<\/?tspan[^>]*>/g, ''),
  );
  return rows.join('\n').replaceAll(/&\w+;/g, (entity) => entities[entity] ?? entity);
}

/**
 * The last exchange of each request, since some requests are repeated until the order is paid. Values that differ
 * between runs are masked, and spaces removed, since the picture wraps long lines.
 */
function comparable(output: string): Record<string, string> {
  const [exchanges = ''] = output.trim().split(/\n+(?=Requests: )/);
  return Object.fromEntries(exchanges.split(/\n+(?=\d\. )/).map((text) => [text.split('\n', 1)[0]!, masked(text)]));
}

function masked(text: string): string {
  return text
    .replaceAll(/\s/g, '')
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, '(id)')
    .replaceAll(/"[\w-]{8}…"/g, '"(token)"')
    .replaceAll(/Bearer[\w-]{8}…/g, 'Bearer(token)')
    .replaceAll(/"\d{12}"/g, '"(number)"')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(time)')
    .replaceAll(/\d+ms/g, '(ms)')
    .replaceAll(/127\.0\.0\.1:\d+/g, '(address)');
}

const runNewman = async (...args: string[]): Promise<{ code: number; output: string }> => {
  const entry = fileURLToPath(new URL('../tools/newman/run.ts', import.meta.url));
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [entry, ...args]);
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
};
