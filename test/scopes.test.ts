import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import type { Identity } from '#platform/identity/identity.ts';
import { type Scope, scopes } from '#platform/identity/scopes.ts';
import type { Permissions } from '#platform/graphql/shield.ts';
import { loadEach } from '#subgraphs/load.ts';
import { subgraphNames } from '#subgraphs/manifest.ts';
import { everyField } from './field-walk.ts';

/** What the permissions of the subgraphs open to API clients, for each scope: computed for each field of each schema. */

interface Rule {
  readonly resolve: (parent: object, args: object, context: object, info: object, options: object) => Promise<unknown>;
}

const permissions = await loadEach(subgraphNames, async (name) => {
  const module = (await import(`../subgraphs/${name}/permissions.ts`)) as { readonly permissions: Permissions };
  return module.permissions;
});

const fields = subgraphNames.flatMap((name) => {
  const sdl = readFileSync(new URL(`../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8');
  return everyField(buildSubgraphSchema([{ typeDefs: parse(sdl) }]))
    .filter((field) => !field.startsWith('Subscription.'))
    .map((field) => ({ name, field }));
});

function identityOf(granted: readonly Scope[]): Identity {
  const client = { id: 'client', scopes: granted };
  const viewer = { id: 'ada', email: 'ada@example.com', name: 'Ada', sessionId: '', roles: [], client };
  return { token: 'valid', viewer, authorization: 'Bearer x', expiresAt: new Date(8e15) };
}

async function openTo(granted: readonly Scope[]): Promise<string[]> {
  const context = { identity: identityOf(granted), signedIn: new Set(), _shield: { cache: {} } };
  const open: string[] = [];
  for (const { name, field } of fields) {
    const [type, fieldName] = field.split('.') as [string, string];
    const ofType = permissions[name][type] as Rule | Record<string, Rule>;
    const rule = 'resolve' in ofType ? (ofType as Rule) : ofType[fieldName]!;
    if ((await rule.resolve({ id: 'ada' }, {}, context, {}, { debug: false })) === true) open.push(field);
  }
  return [...new Set(open)].toSorted();
}

/** The fields through which a client reaches everything else. */
const isEntrance = (field: string) => /^(?:Query|Mutation|User)\./.test(field);

test('docs/machines.md lists what each scope opens', async () => {
  const docs = readFileSync(new URL('../docs/machines.md', import.meta.url), 'utf8');
  const rows = [...docs.matchAll(/^\| (?:`([a-z]+:[a-z]+)`|none) +\| (`(?:Query|Mutation|User)\.[^|]*)\|$/gm)];
  const documented = rows.map(([, scope, cell]) => [scope ?? 'none', cell!.match(/[A-Z]\w*\.\w+/g)!.toSorted()]);
  const always = (await openTo([])).filter(isEntrance);
  const computed = await Promise.all(
    scopes.map(async (scope) => [
      scope,
      (await openTo([scope])).filter((field) => isEntrance(field) && !always.includes(field)),
    ]),
  );
  expect(documented).toEqual([...computed, ['none', always]]);
});

test('no scope opens a field of staff, of the profile or of API clients', async () => {
  const open = await openTo(scopes);
  const closed =
    /Record|Audit|Correction|House|Freeze|CustomerAct|Session|SecondFactor|Passkey|Confirmation|Totp|DataExport|DeadLetter|^ApiClient|AuthPayload|^User\.(?!id$|accounts?$|transactions$|orders$|notifications$)/;
  expect(
    open.filter((field) => closed.test(field) && !/^(?:AuthPayload|SecondFactor|Session|Passkey)/.test(field)),
  ).toEqual([]);
  expect(open.filter((field) => field.startsWith('Mutation.')).toSorted()).toEqual([
    'Mutation.deposit',
    'Mutation.markNotificationRead',
    'Mutation.placeOrder',
    'Mutation.quoteTransfer',
    'Mutation.refundOrder',
    'Mutation.transfer',
    'Mutation.withdraw',
  ]);
});

test('without a scope, a client sees values that have no owner only', async () => {
  const types = new Set((await openTo([])).map((field) => field.split('.')[0]!));
  expect([...types].toSorted()).toEqual([
    'AuthPayload',
    'ClientTokenPayload',
    'EmailPayload',
    'LogoutPayload',
    'MailRequestPayload',
    'Money',
    'Order',
    'PageInfo',
    'Passkey',
    'PasskeyLoginPayload',
    'Query',
    'ResetPasswordPayload',
    'SecondFactorChallenge',
    'SecondFactors',
    'Session',
    'User',
    'UserError',
  ]);
});
