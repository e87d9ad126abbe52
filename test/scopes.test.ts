import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type Scope, scopes } from '#platform/identity/scopes.ts';
import { tools } from '../router/mcp/tools.ts';
import { fieldsOpenTo, scopesOfDocument } from '../tools/interfaces/client-scopes.ts';
import { apiOf, supergraphFile } from '../tools/supergraph.ts';

/** What the permissions of the subgraphs open to API clients, for each scope: computed for each field of each schema. */

const openTo = async (granted: readonly Scope[]) => [...(await fieldsOpenTo(granted))].toSorted();

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
    /Record|Audit|Correction|House|Freeze|CustomerAct|Session|SecondFactor|Passkey|Confirmation|Totp|DataExport|DeadLetter|^ApiClient|AuthPayload|^User\.(?!id$|accounts?$|transactions$|deposits$|orders$|notifications$|webhookEndpoints$)/;
  expect(
    open.filter((field) => closed.test(field) && !/^(?:AuthPayload|SecondFactor|Session|Passkey)/.test(field)),
  ).toEqual([]);
  expect(open.filter((field) => field.startsWith('Mutation.')).toSorted()).toEqual([
    'Mutation.cancelOrder',
    'Mutation.createWebhookEndpoint',
    'Mutation.deleteWebhookEndpoint',
    'Mutation.deposit',
    'Mutation.markNotificationRead',
    'Mutation.placeOrder',
    'Mutation.placeShopOrder',
    'Mutation.quoteTransfer',
    'Mutation.redeliverWebhook',
    'Mutation.refundOrder',
    'Mutation.replayWebhooks',
    'Mutation.rotateWebhookSecret',
    'Mutation.sendTestWebhook',
    'Mutation.startDeposit',
    'Mutation.transfer',
    'Mutation.updateWebhookEndpoint',
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
    'Shop',
    'User',
    'UserError',
  ]);
});

const api = apiOf(readFileSync(supergraphFile, 'utf8'));

test.each(tools.map((tool) => [tool.name, tool] as const))('%s has the scopes of its operation', (_name, tool) => {
  const needed = scopesOfDocument(api, tool.route.document);
  expect(needed.map((set) => set.join(' ')).toSorted()).toEqual(tool.scopes.toSorted());
});
