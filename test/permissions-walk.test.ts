import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql';
import { Client } from 'pg';
import { type Role, roles } from '#platform/identity/roles.ts';
import { scopes } from '#platform/identity/scopes.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { acquire, type Belongings, expiredTokenOf } from './belongings.ts';
import { type Customer, registerCustomer } from './customer.ts';
import { everyField, type FieldQuery, queriesForEveryField } from './field-walk.ts';
import { graphql, type GraphqlAnswer, graphqlData, type GraphqlRequest } from './graphql.ts';
import { requestAsRouter } from './operations.ts';
import { clientToken, staffToken } from './staff.ts';
import { sharedSystem, type SystemAddresses } from './shared-system.ts';
import { subgraphSchema } from './subgraph-schemas.ts';

let system: SystemAddresses;
let ada: Customer;
let eve: Customer;
let belongings: Belongings;
let expiredToken: string;
let routerSchema: GraphQLSchema;
beforeAll(async () => {
  system = await sharedSystem();
  [ada, eve] = [await registerCustomer(system.url, 'Adelheid'), await registerCustomer(system.url, 'Eve')];
  belongings = await acquire(ada);
  expiredToken = await expiredTokenOf(system.databases.user, ada);
  routerSchema = buildClientSchema(
    await graphqlData<IntrospectionQuery>(system.url, {
      query: getIntrospectionQuery({ directiveIsRepeatable: true }),
    }),
  );
});

/** The walk has sealed Eve's orders in the order subgraph. No closing lifts the seal, so the test removes it. */
afterAll(async () => {
  const database = new Client({ connectionString: system.databases.order });
  await database.connect();
  await database.query('update seals set lifted_at = now() where customer_id = $1 and lifted_at is null', [eve.id]);
  await database.end();
});

const anotherCustomer = 'another customer';
const staffWith = (role: Role) => `a staff member with the role ${role}`;

const others: [caller: string, tokenOf: () => Promise<string | undefined>][] = [
  ['a caller without a token', async () => undefined],
  [anotherCustomer, async () => eve.token],
  ['a caller with Ada’s expired token', async () => expiredToken],
  ['an API client of another customer', async () => await clientToken(system.databases.user, eve, scopes)],
  ...roles.map((role): [string, () => Promise<string>] => [
    staffWith(role),
    async () => await staffToken(system.databases.user, eve, [role]),
  ]),
];

type Target = SubgraphName | 'router';
type Send = (question: GraphqlRequest) => Promise<GraphqlAnswer<Record<string, unknown>>>;

const asClient =
  (target: Target): Send =>
  async (question) =>
    await graphql(`${system.origins[target]}/graphql`, question);
const asRouter =
  (target: SubgraphName): Send =>
  async (question) =>
    await requestAsRouter(system.origins[target], question);

const walks: [target: Target, protocol: string, request: Send][] = [
  ...subgraphNames.flatMap((name): typeof walks => [
    [name, 'as a client', asClient(name)],
    [name, 'as the router', asRouter(name)],
  ]),
  ['router', 'as a client', asClient('router')],
];

describe.each(walks)('every field of %s, requested %s,', (target, _protocol, request) => {
  let questions: FieldQuery[];
  /** The answers to each of the others, who are all asked before the tests: most tests read them. */
  let answersFor: ReadonlyMap<string, readonly Answer[]>;
  beforeAll(async () => {
    questions = questionsOf(target);
    answersFor = new Map();
    for (const [caller, tokenOf] of others)
      answersFor = new Map([...answersFor, [caller, await answersTo(request, questions, await tokenOf())]]);
  });

  test('is requested', () => {
    const schema = target === 'router' ? routerSchema : subgraphSchema(target);

    expect(questions.map(({ field }) => field).toSorted()).toEqual(everyField(schema).toSorted());
  });

  test('shows Ada some of her own data', async () => {
    const reading = questions.filter(({ query }) => !query.startsWith('mutation'));
    const text = (await answersTo(request, reading, ada.token)).map(({ text }) => text).join();

    expect(belongings.secrets.some((secret) => text.includes(secret))).toBe(true);
  });

  test.each(others)('shows nothing of Ada to %s', (caller) => {
    const answers = answersFor.get(caller)!.filter(isOfCustomers(caller));
    const leaks = answers.filter(({ text }) => belongings.secrets.some((secret) => text.includes(secret)));

    expect(leaks).toEqual([]);
    expect(answers.filter(({ codes }) => !codes.every((code) => refusals.has(code)))).toEqual([]);
  });

  test.each([others[0]!, others[2]!])('is refused to %s where a token is needed', (caller) => {
    const guarded = answersFor.get(caller)!.filter(({ query }) => !isPublic(query));

    expect(guarded.filter(({ answer }) => !isEmpty(answer.data))).toEqual([]);
  });

  test('that a customer may not use at the root is for staff, and only operators act', () => {
    const forbiddenFor = (caller: string) => {
      // Without a permit of a recorded look, some fields are refused to every role (test/recorded-looks.test.ts).
      const roots = answersFor
        .get(caller)!
        .filter(({ field, query }) => /^(?:Query|Mutation)\./.test(field) && !query.includes('permit: '));
      return new Set(roots.filter(({ codes }) => codes.includes('FORBIDDEN')).map(({ field }) => field));
    };
    const forRoles = roles.map((role) => forbiddenFor(staffWith(role)));
    // Only an API client with the scope of shops uses these (subgraphs/order/shop-orders.test.ts).
    const isOfShops = (field: string) => /[.](?:shopOrders?|placeShopOrder|orderingConsent)$/.test(field);
    const guarded = [...forbiddenFor(anotherCustomer)].filter((field) => !isOfShops(field));
    const allowed = guarded.map((field) => ({
      field,
      roles: roles.filter((_role, index) => !forRoles[index]!.has(field)),
    }));
    const mutations = allowed.filter(({ field }) => field.startsWith('Mutation.'));

    expect(allowed.filter(({ roles: some }) => some.length === 0)).toEqual([]);
    expect(mutations).toEqual(mutations.map(({ field }) => ({ field, roles: ['OPERATOR'] })));
    const queries = allowed.filter(({ field }) => field.startsWith('Query.'));
    expect(queries).toEqual(queries.map(({ field }) => ({ field, roles: staffQueries[field] })));
  });
});

test('no request of another caller has changed Ada’s data', async () => {
  const { viewer } = await ada.request<{ viewer: Record<string, unknown> }>(
    '{ viewer { email name accounts { status } transactions { totalCount } orders { nodes { status } } notifications { unreadCount } } }',
  );

  expect(viewer).toEqual({
    email: ada.email,
    name: 'Adelheid',
    accounts: [{ status: 'OPEN' }, { status: 'OPEN' }, { status: 'OPEN' }],
    transactions: { totalCount: 3 },
    orders: { nodes: [{ status: 'PAID' }] },
    notifications: { unreadCount: 1 },
  });
});

/**
 * Operators and auditors read the house's accounts, whose entries have the amounts of all customers. With a recorded look,
 * staff read a customer's data (test/customer-records.test.ts).
 */
const isOfCustomers =
  (caller: string) =>
  ({ query }: Answer) =>
    !(/ (?:OPERATOR|AUDITOR)$/.test(caller) && /houseAccounts|trialBalance/.test(query)) &&
    !(/ (?:SUPPORT|OPERATOR|AUDITOR)$/.test(caller) && query.includes('customer('));

/** The roles that may use each query for staff. Those with a permit are in test/customer-permits.test.ts. */
const staffQueries: Readonly<Record<string, readonly string[]>> = {
  'Query.userAuditLog': ['AUDITOR'],
  'Query.billingAuditLog': ['AUDITOR'],
  'Query.orderAuditLog': ['AUDITOR'],
  'Query.userDeadLetters': ['OPERATOR'],
  'Query.billingDeadLetters': ['OPERATOR'],
  'Query.orderDeadLetters': ['OPERATOR'],
  'Query.auditLog': ['AUDITOR'],
  'Query.customer': roles,
  'Query.corrections': ['OPERATOR', 'AUDITOR'],
  'Query.houseAccounts': ['OPERATOR', 'AUDITOR'],
  'Query.trialBalance': ['OPERATOR', 'AUDITOR'],
  'Query.verifications': ['OPERATOR', 'AUDITOR'],
};

/** Codes of refusals; the last is the router's code for a subscription sent as a query. */
const refusals = new Set<unknown>(['UNAUTHENTICATED', 'FORBIDDEN', 'INSUFFICIENT_SCOPE', 'BAD_REQUEST']);

/** Fields that do not need a token, or only return their input. */
function isPublic(query: string): boolean {
  return (
    /^mutation \{ (?:register|login|completeLogin|beginPasskeyLogin|issueClientToken|refreshToken|logout|proveEmail|undoEmailChange|requestPasswordReset|resetPassword)\b/.test(
      query,
    ) || / on (?:User|Order) \{ id/.test(query)
  );
}

/** Whether a value is null, or an object or list of nulls only. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

function questionsOf(target: Target): FieldQuery[] {
  const { ids } = belongings;
  const known: Readonly<Record<string, string>> = {
    'Query.account.id': ids.account,
    'Query.transaction.id': ids.transaction,
    'Query.order.id': ids.order,
    'Query.notification.id': ids.notification,
    'Subscription.orderUpdated.id': ids.order,
    // An operator may act on any customer's account and order, so the walk names none of Ada's.
    'ProposeCorrectionInput.accountId': randomUUID(),
    'FundingInput.accountId': randomUUID(),
    'RefundCustomerOrderInput.orderId': randomUUID(),
    'ReplayWebhooksInput.from': new Date().toISOString(),
    accountId: ids.account,
    fromAccountId: ids.account,
    toAccountId: ids.account,
    orderId: ids.order,
    notificationId: ids.notification,
    email: `${randomUUID()}@example.com`,
    password: 'a wrong password',
    currentPassword: 'a wrong password',
    newPassword: 'another wrong password',
    amount: '1.00',
  };
  const entitiesOf: Readonly<Partial<Record<Target, Readonly<Record<string, string>>>>> = {
    user: { User: ada.id, CustomerRecord: ada.id },
    billing: {
      User: ada.id,
      CustomerRecord: ada.id,
      Account: ids.account,
      Transaction: ids.transaction,
      Order: ids.order,
    },
    order: { User: ada.id, CustomerRecord: ada.id, Order: ids.order },
    notification: { User: ada.id, CustomerRecord: ada.id, Order: ids.order, Notification: ids.notification },
  };
  return queriesForEveryField({
    schema: target === 'router' ? routerSchema : subgraphSchema(target),
    entities: entitiesOf[target] ?? {},
    inputs: { CustomerKey: `{ id: "${ada.id}" }` },
    literal: (path, type) =>
      ({ Int: '1', DateTime: '"2026-01-31T12:00:00Z"' })[type] ??
      JSON.stringify(known[path] ?? known[path.split('.').at(-1)!] ?? randomUUID()),
  });
}

interface Answer extends FieldQuery {
  readonly text: string;
  readonly codes: readonly unknown[];
  readonly answer: GraphqlAnswer<Record<string, unknown>>;
}

async function answersTo(request: Send, questions: readonly FieldQuery[], token?: string): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { field, query } of questions) {
    const answer = await request({ query, token });
    const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code);
    answers.push({ field, query, text: JSON.stringify(answer), codes, answer });
  }
  return answers;
}
