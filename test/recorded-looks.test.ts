import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { connected } from '#local/connected.ts';
import type { Role } from '#platform/identity/roles.ts';
import { rolesOfField } from '#platform/graphql/shield.ts';
import { loadEach, loadPermissions } from '#subgraphs/load.ts';
import { type SubgraphName, subgraphNames } from '#subgraphs/manifest.ts';
import { type Customer, registerCustomer } from './customer.ts';
import { type FieldQuery, queriesForEveryField } from './field-walk.ts';
import { graphql } from './graphql.ts';
import { requestAsRouter } from './operations.ts';
import { staffToken } from './staff.ts';
import { sharedSystem, type SystemAddresses } from './shared-system.ts';
import { until } from './until.ts';
import { subgraphSchema } from './subgraph-schemas.ts';

/**
 * Every query of staff is a look that the audit log records, past the router too. So is every refusal of a mutation of
 * staff, because it tells a fact about a customer.
 */

const permissions = await loadEach(subgraphNames, loadPermissions);

interface StaffQuery {
  readonly subgraph: SubgraphName;
  /** `Query.field`. */
  readonly field: string;
  readonly role: Role;
}

/** Each field of staff of a root type, with each role that may use it. */
const staffFields = (type: 'Query' | 'Mutation'): readonly StaffQuery[] =>
  subgraphNames.flatMap((subgraph) =>
    Object.keys(permissions[subgraph][type] ?? {}).flatMap((field) =>
      rolesOfField(permissions[subgraph], type, field).map((role) => ({ subgraph, field: `${type}.${field}`, role })),
    ),
  );

const staffQueries = staffFields('Query');
const acts = staffFields('Mutation');

/** The queries that record nothing: a page of the audit log would otherwise add an entry to the log that it reads. */
const unrecorded = new Set([
  'Query.userAuditLog',
  'Query.billingAuditLog',
  'Query.orderAuditLog',
  // Dead letters have ids alone.
  'Query.userDeadLetters',
  'Query.billingDeadLetters',
  'Query.orderDeadLetters',
  // Results of runs have ids alone, and the desk reads them every two seconds while a run is open.
  'Query.verifications',
]);
/** The queries that only a recorded look allows. */
const permitted = new Set([
  'Query.customerRecord',
  'Query.customerIdOfAccount',
  'Query.customerIdOfOrder',
  'Query.customerIdOfNotification',
]);
const withPermit = staffQueries.filter(({ field }) => permitted.has(field));
const looks = staffQueries.filter(({ field }) => !unrecorded.has(field) && !permitted.has(field));

let system: SystemAddresses;
let olga: Customer;
beforeAll(async () => {
  system = await sharedSystem();
  olga = await registerCustomer(system.url, 'Olga');
});

function questionOf({ subgraph, field }: StaffQuery, reason: string): FieldQuery {
  const questions = queriesForEveryField({
    schema: subgraphSchema(subgraph),
    entities: {},
    inputs: { CustomerKey: `{ id: "${randomUUID()}" }` },
    literal: (path, type) => {
      if (type === 'Int') return '1';
      if (type === 'DateTime') return '"2026-01-31T12:00:00Z"';
      if (path.endsWith('.amount')) return '"1.00"';
      return JSON.stringify(path.endsWith('.reason') ? reason : randomUUID());
    },
  });
  return questions.find((question) => question.field === field)!;
}

interface Entry {
  readonly act: string;
  readonly reason: string;
  readonly actor: string;
  readonly subject: string | null;
  readonly amount: string | null;
}

const entriesOf = async (subgraph: SubgraphName) =>
  await connected(system.databases[subgraph], async (client) => {
    const statement = `select act, reason, actor, subject, values_after::json->>'amount' as amount
      from staff_acts where actor_id = $1 order by sequence`;
    return (await client.query<Entry>(statement, [olga.id])).rows;
  });

test('every query that staff use is walked', () => {
  expect(new Set(looks.map(({ field }) => field)).size).toBeGreaterThan(1);
  expect([...unrecorded, ...permitted].filter((field) => !staffQueries.some((one) => one.field === field))).toEqual([]);
});

describe.each(looks)('$field of $subgraph, requested with the role $role,', (look) => {
  const ask = async (reason: string) => {
    const token = await staffToken(system.databases.user, olga, [look.role]);
    return await requestAsRouter(system.origins[look.subgraph], { query: questionOf(look, reason).query, token });
  };

  test('is an entry of the audit log', async () => {
    const reason = `a look ${randomUUID()}`;
    const { errors } = await ask(reason);

    expect(errors).toBeUndefined();
    expect((await entriesOf(look.subgraph)).filter((entry) => entry.reason === reason)).toEqual([
      expect.objectContaining({ act: expect.stringMatching(/^LOOKED_/), actor: olga.email }),
    ]);
  });

  test.each([' ', 'why', 'x'.repeat(501)])('is refused for the reason %j, and records nothing', async (reason) => {
    const before = await entriesOf(look.subgraph);
    const { data, errors } = await ask(reason);

    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
    expect(errors).toMatchObject([
      { message: expect.stringContaining('"reason"'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(await entriesOf(look.subgraph)).toEqual(before);
  });
});

test.each(withPermit)('$field of $subgraph refuses the role $role without a permit', async (question) => {
  const token = await staffToken(system.databases.user, olga, [question.role]);
  const { query } = questionOf(question, 'a look');
  const { data, errors } = await requestAsRouter(system.origins[question.subgraph], { query, token });

  expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});

/** While a run is open, a request of another is refused. The shared system may have one that another file requested. */
async function withOpenRun(work: () => Promise<void>): Promise<void> {
  await connected(system.databases.billing, async (client) => {
    const id = randomUUID();
    const open = `insert into verifications (id, started_at, expires_at) values ($1, now(), now() + interval '1 hour')
      on conflict do nothing`;
    await until('the end of a run', async () => (await client.query(open, [id])).rowCount === 1);
    try {
      await work();
    } finally {
      await client.query(`update verifications set ended_at = now(), failure = 'a test' where id = $1`, [id]);
    }
  });
}

describe.each(acts)('a refusal of $field of $subgraph', (act) => {
  const ask = async (reason: string) => {
    const token = await staffToken(system.databases.user, olga, [act.role]);
    const { query } = questionOf(act, reason);
    return await requestAsRouter(system.origins[act.subgraph], { query, token });
  };
  const openRun =
    act.field === 'Mutation.requestVerification' ? withOpenRun : async (work: () => Promise<void>) => await work();
  const reasonsOf = async () => (await entriesOf(act.subgraph)).map(({ act: kind, reason }) => `${kind} ${reason}`);

  test('is an entry of the audit log, committed before the answer', async () => {
    const reason = `an act ${randomUUID()}`;
    await openRun(async () => expect((await ask(reason)).errors).toBeUndefined());

    expect((await reasonsOf()).filter((entry) => entry.endsWith(reason))).toEqual([`WAS_REFUSED ${reason}`]);
  });

  test('is no entry without a reason, since nothing was read', async () => {
    const before = await reasonsOf();
    const { errors } = await ask('why');

    expect(errors).toBeUndefined();
    expect(await reasonsOf()).toEqual(before);
  });
});

test('a refused withdrawal names the account, by its id or its number, and the amount', async () => {
  const ada = await registerCustomer(system.url);
  const { id, number } = await ada.account('USD');
  const token = await staffToken(system.databases.user, olga, ['OPERATOR']);
  const query = 'mutation ($input: FundingInput!) { withdrawForCustomer(input: $input) { userErrors { code } } }';
  const reason = `a withdrawal ${randomUUID()}`;
  for (const accountId of [id, number]) {
    const amount = { amount: '5000.50', currency: 'USD' };
    const input = { accountId, amount, reason, idempotencyKey: randomUUID() };
    const { data } = await graphql(system.url, { query, variables: { input }, token });
    expect(data).toEqual({ withdrawForCustomer: { userErrors: [{ code: 'INSUFFICIENT_FUNDS' }] } });
  }

  expect((await entriesOf('billing')).filter((entry) => entry.reason === reason)).toMatchObject([
    { act: 'WAS_REFUSED', subject: `account:${id}`, amount: '5000.50 USD' },
    { act: 'WAS_REFUSED', subject: `account-number:${number}`, amount: '5000.50 USD' },
  ]);
});
