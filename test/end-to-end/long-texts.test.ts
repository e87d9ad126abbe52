import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildASTSchema, type DocumentNode, parse } from 'graphql';
import { Client } from 'pg';
import { type Customer, registerCustomer } from '#test/customer.ts';
import { longestComputedMs } from '#test/held-loop.ts';
import { type Reply, send } from '#test/node-http.ts';
import { requestAsRouter } from '#test/operations.ts';
import { subgraphSchema } from '#test/subgraph-schemas.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { type TextInput, textInputs } from '#test/text-inputs.ts';
import { worstTexts } from '#test/worst-texts.ts';
import { rolesOfField } from '#platform/graphql/shield.ts';
import { loadEach, loadPermissions } from '#subgraphs/load.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { characters, headerNames, texts } from './long-headers.ts';
import { isForShops, literal, ways, waysIn } from './ways-to-fields.ts';

/** The limit of one uninterrupted computation in a process. A request consists of many of them. */
const maxMs = 50;

/** The length of texts within bodies of 100 kB at the router, and of 1 MB at the subgraphs. */
const routerBytes = 95_000;
const subgraphBytes = 950_000;

let system: TestSystem;
let ada: Customer;
let pids: number[];

beforeAll(async () => {
  // As in production: without introspection, error messages are processed further.
  system = await startSystem({ INTROSPECTION: 'false', DASHBOARD_PASSWORD: 'an unused password' });
  ada = await registerCustomer(system.url);
  await addWebhook();
  pids = [...system.processes.values()].map((process) => process.pid());
});

afterAll(async () => {
  await system.stop();
});

/** A webhook of Ada's, without the confirmation that a mutation needs. */
async function addWebhook(): Promise<void> {
  const database = new Client({ connectionString: system.databases.notification });
  await database.connect();
  await database.query(
    `insert into webhook_endpoints (id, customer_id, url, event_types, description, secret, disabled_at, disabled_reason)
     values (gen_random_uuid(), $1, 'https://shop.example/', '{order.paid}', '', '', now(), 'OWNER')`,
    [ada.id],
  );
  await database.end();
}

/** Fails if a process computes for too long in each of three attempts; the first one also compiles code. */
async function expectQuick<Answer>(title: string, work: () => Promise<Answer>): Promise<Answer> {
  let answer: Answer;
  let minMs = Infinity;
  for (let triesLeft = 3; triesLeft > 0 && minMs > maxMs; triesLeft -= 1) {
    const ms = await longestComputedMs(pids, async () => {
      answer = await work();
    });
    minMs = Math.min(minMs, ms);
  }
  if (minMs > maxMs) throw new Error(`${title} kept a process computing for ${Math.round(minMs)} ms`);
  return answer!;
}

/** @returns a text that takes this many bytes as JSON. */
function textOf(make: (characters: number) => string, bytes: number): string {
  const characters = 1_200;
  const bytesEach = Buffer.byteLength(JSON.stringify(make(characters))) / characters;
  return make(Math.floor(bytes / bytesEach / 12) * 12);
}

/** The root fields that only staff may use. Ada is refused before their arguments are read. */
const staffFields = new Set<string>();
for (const tables of Object.values(await loadEach(subgraphNames, loadPermissions))) {
  for (const root of ['Query', 'Mutation'] as const) {
    for (const field of Object.keys(tables[root] ?? {}))
      if (rolesOfField(tables, root, field).length > 0) staffFields.add(`${root}.${field}`);
  }
}
const isForStaff = ({ place }: Pick<TextInput, 'place'>) =>
  /^(?:HouseAccount|CustomerRecord|AccountRecord)\./.test(place) || staffFields.has(place.replace(/\(.*$/, ''));

const documentIn = (path: string): DocumentNode =>
  parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const supergraph = buildASTSchema(documentIn('schema.graphql'), { assumeValid: true });
/** Where nothing needs a confirmation, as with Ada's password alone or a small transfer, it is not required. */
const unread = new Set([
  'Mutation.changePassword(input.confirmation)',
  'Mutation.transfer(input.confirmation)',
  'Mutation.updateProfile(input.confirmation)',
]);
/** Excludes fields that only subgraphs call. */
const isPublic = ({ place }: TextInput) =>
  !/^(?:Mutation\.sealOrders|Query\.(?:customerIdOf|orderingConsent))/.test(place) && !unread.has(place);
const inputs = textInputs({ schema: supergraph, ways, literal }).filter(isPublic);

const free = new Set(['String', 'ID', 'Decimal', 'DateTime']);
/** An input that is not free text refuses all texts alike, so one text is enough. */
const textsFor = ({ type }: Pick<TextInput, 'type'>) =>
  Object.entries(worstTexts).filter(([what]) => free.has(type) || what === 'what errors say');

const refusals =
  /^(?:finds nothing|BAD_USER_INPUT|GRAPHQL_PARSE_FAILED|NOT_FOUND|QUOTE_EXPIRED|WEAK_PASSWORD|CONFIRMATION_REQUIRED|FUNDING_CLOSED|TOO_MANY_ATTEMPTS|INVALID_(?!AMOUNT)\w+)$/;

/** Other inputs of a mutation that may be named first: what only a message, a challenge or its customer knows, and the shop. */
const secrets = new Set(
  ['challenge', 'password', 'currentPassword', 'token', 'confirmation', 'shopId'].map((name) =>
    JSON.stringify(['input', name]),
  ),
);

/** Expects a mutation to name the input, and a query to find nothing, as for any unknown id. */
function expectRefusal(input: TextInput, { text }: Reply): void {
  const { place, type } = input;
  const codes = [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code!);
  // A refusal of an item of a list names the item.
  const fields = [...text.matchAll(/"field":(\[[^\]]*\])/g)].map(([, field]) => field!.replace(/,"\d+"\]$/, ']'));
  const path = JSON.stringify(place.replace(/^.*\((.*)\)$/, '$1').split('.'));
  const findsNothing = type === 'ID' && !place.startsWith('Mutation.') && /:null\}|"nodes":\[\]/.test(text);
  const outcomes = codes.length === 0 && findsNothing ? ['finds nothing'] : codes;
  const isClosed = isForStaff(input) || isForShops(input);
  const isExpected = (code: string) => refusals.test(code) || (code === 'FORBIDDEN' && isClosed);
  expect(outcomes.filter((code) => !isExpected(code))).toEqual([]);
  expect(outcomes).not.toEqual([]);
  expect(fields.filter((field) => field !== path && !secrets.has(field))).toEqual([]);
  expect(text.length).toBeLessThan(5_000);
}

describe('the router', () => {
  test.each(inputs.map((input) => [input.place, input] as const))('refuses long texts in %s', async (place, input) => {
    const path = place.startsWith('Subscription') ? '/stream' : '';
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` };
    for (const [what, make] of textsFor(input)) {
      const variables = { text: textOf(make, routerBytes) };
      const body = JSON.stringify({ query: input.query, variables });
      const reply = await expectQuick(
        `${place}: ${what}`,
        async () => await send(`${system.url}${path}`, headers, body),
      );
      expectRefusal(input, reply);
    }
  });

  const written = inputs.filter(({ place }) =>
    ['Mutation.login(input.email)', 'User.orders(after)', 'Mutation.placeOrder(input.unitPrice.amount)'].includes(
      place,
    ),
  );

  test.each(written.map((input) => [input.place, input] as const))(
    'refuses long texts that are written into the document, in %s',
    async (place, input) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` };
      for (const [what, make] of textsFor(input)) {
        // Escaped once as GraphQL, and once more as JSON.
        const text = JSON.stringify(textOf(make, routerBytes / 2));
        const query = input.query.replace(/ \(\$text: \w+!\)/, '').replace('$text', () => text);
        const body = JSON.stringify({ query });
        const reply = await expectQuick(`${place}: ${what}`, async () => await send(system.url, headers, body));
        expectRefusal(input, reply);
      }
    },
  );
});

describe.each(subgraphNames)('the %s subgraph', (name) => {
  const schema = subgraphSchema(name);
  const own = textInputs({ schema, ways: waysIn(name), literal }).filter(
    ({ place, type }) => free.has(type) && !place.startsWith('Subscription') && !unread.has(place),
  );
  const longest = ['combining marks in two runs', 'a cursor of many numbers', 'what errors say', 'what JSON escapes'];

  test.each(own.map((input) => [input.place, input] as const))('refuses texts of 1 MB in %s', async (place, input) => {
    for (const what of longest) {
      const variables = { text: textOf(worstTexts[what]!, subgraphBytes) };
      const question = { query: input.query, variables, token: ada.token };
      const answer = await expectQuick(
        `${place}: ${what}`,
        async () => await requestAsRouter(system.origins[name], question),
      );
      expectRefusal(input, { status: answer.status, text: JSON.stringify(answer) });
    }
  });

  test('refuses a million values', async () => {
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }';
    const variables = { of: Array.from({ length: 400_000 }, () => 0) };
    const answer = await expectQuick(
      'many values',
      async () => await requestAsRouter(system.origins[name], { query, variables }),
    );
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual(['QUERY_TOO_COMPLEX']);
  });
});

describe('the head of a request', () => {
  const own = { 'x-console': '1', 'sec-fetch-site': 'same-origin' };
  const json = { 'content-type': 'application/json' };
  const viewer = '{"query":"{ viewer { id } }"}';
  const targets: readonly [what: string, ask: (headers: Record<string, string>) => Promise<Reply>][] = [
    ['/graphql', async (headers) => await send(system.url, { ...json, ...headers }, viewer)],
    ['/graphql/stream', async (headers) => await send(`${system.url}/stream`, { ...json, ...headers }, viewer)],
    [
      '/session/refresh',
      async (headers) => await send(`${system.origins.router}/session/refresh`, { ...own, ...headers }, ''),
    ],
    ['/', async (headers) => await send(`${system.origins.router}/`, headers)],
    [
      '/graphql of a subgraph',
      async (headers) => await send(`${system.origins.user}/graphql`, { ...json, ...headers }, viewer),
    ],
    ['the queues', async (headers) => await send(`${system.origins.jobs}/queues/api/queues`, headers)],
  ];
  test.each(targets.flatMap(([where, sendTo]) => headerNames.map((header) => [header, where, sendTo] as const)))(
    'takes little time with a long header %s at %s',
    async (header, where, sendTo) => {
      for (const [what, text] of texts) {
        const { status } = await expectQuick(
          `${header} at ${where}: ${what}`,
          async () => await sendTo({ [header]: text }),
        );
        expect(status).toBeLessThan(500);
      }
    },
  );

  test.each(['accept', 'accept-encoding', 'content-type', 'origin', 'x-forwarded-for', 'last-event-id'])(
    'is refused with the name of a header that is too long: %s',
    async (header) => {
      const { status, text } = await send(system.url, { ...json, [header]: 'a'.repeat(5_000) }, viewer);
      expect([status, text]).toEqual([
        400,
        expect.stringContaining(`The header \\"${header}\\" must not have more than`),
      ]);
    },
  );

  test.each([
    '/statements/{}.csv',
    '/statements/receipts/{}.pdf',
    '/statements/1.csv?from={}',
    '/orders/{}',
    '/{}',
    '/session?{}',
    '/queues/{}',
  ])('takes little time with a long URL: %s', async (path) => {
    const origin = path.startsWith('/queues') ? system.origins.jobs : system.origins.router;
    for (const [what, text] of texts) {
      const url = `${origin}${path.replace('{}', encodeURI(text).slice(0, characters))}`;
      const reply = await expectQuick(
        `${path}: ${what}`,
        async () => await send(url, { authorization: `Bearer ${ada.token}` }),
      );
      expect([400, 401, 404]).toContain(reply.status);
    }
  });
});
