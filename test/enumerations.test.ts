import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type EnumTypeDefinitionNode, Kind } from 'graphql';
import { accountStatuses, systemAccounts, transactionKinds } from '#billing/domain/ledger.ts';
import { correctionStates } from '#billing/domain/correction.ts';
import { paymentStates } from '#billing/domain/provider-payment.ts';
import { settlementKinds } from '#billing/domain/settlement.ts';
import { verificationStates } from '#billing/domain/verification.ts';
import { shopConsentStates } from '#billing/domain/shop-consent.ts';
import { notificationKinds } from '#notification/domain/messages.ts';
import { disabledReasons, webhookStatuses } from '#notification/domain/webhook-statuses.ts';
import { webhookEventTypes } from '#notification/domain/webhook-events.ts';
import { deliveryStates } from '#notification/entities/webhook-delivery.ts';
import { staffActs } from '#platform/audit/acts.ts';
import { postFaults } from '#platform/http/outgoing/post.ts';
import { roles } from '#platform/identity/roles.ts';
import { currencies } from '#platform/money/currency.ts';
import {
  orderStatuses,
  rejectionReasons,
  shopRejectionReasons,
  unpaidReasons,
  unsettledStatuses,
} from '#platform/orders/lifecycle.ts';
import { dataExportStates } from '#user/domain/data-export.ts';
import { secondFactorMeans } from '#user/domain/factor-codes.ts';
import { challengePurposes } from '#user/entities/email-challenge.ts';
import { challengeUses } from '#user/entities/webauthn-challenge.ts';
import { refundStatuses } from '#order/domain/refund.ts';
import { readSubgraphs } from '../tools/supergraph.ts';
import { createDatabases, type TestDatabases } from './database.ts';

/** Each enumeration has one list in the code. The SDL and the checks of the databases have the same values. */

interface Enumeration {
  readonly values: readonly string[];
  /** The enum of the SDL; null where clients do not see it. */
  readonly sdl: string | null;
  /** The columns that hold it, as `database.table.column`. */
  readonly columns: readonly string[];
}

const enumerations: readonly Enumeration[] = [
  {
    values: currencies,
    sdl: 'Currency',
    columns: [
      'billing.accounts.currency',
      'billing.entries.currency',
      'billing.quotes.currency',
      'billing.quotes.received_currency',
      'billing.transactions.currency',
      'billing.transactions.received_currency',
      'order.orders.currency',
    ],
  },
  { values: challengePurposes, sdl: null, columns: ['user.email_challenges.purpose'] },
  { values: challengeUses, sdl: null, columns: ['user.webauthn_challenges.purpose'] },
  { values: orderStatuses, sdl: 'OrderStatus', columns: ['order.orders.status'] },
  {
    values: rejectionReasons,
    sdl: 'OrderRejectionReason',
    columns: ['order.orders.rejection_reason'],
  },
  { values: shopRejectionReasons, sdl: 'ShopRejectionReason', columns: [] },
  { values: shopConsentStates, sdl: 'ShopConsentState', columns: [] },
  { values: unpaidReasons, sdl: null, columns: ['billing.settlements.rejection_reason'] },
  { values: refundStatuses, sdl: 'OrderRefundStatus', columns: ['order.refunds.status'] },
  { values: accountStatuses, sdl: 'AccountStatus', columns: ['billing.accounts.status'] },
  { values: transactionKinds, sdl: 'TransactionKind', columns: ['billing.transactions.kind'] },
  { values: correctionStates, sdl: 'CorrectionState', columns: [] },
  { values: verificationStates, sdl: 'VerificationState', columns: [] },
  { values: paymentStates, sdl: 'DepositState', columns: ['billing.provider_payments.state'] },
  { values: systemAccounts, sdl: 'HouseAccountKind', columns: ['billing.entries.system_account'] },
  { values: settlementKinds, sdl: null, columns: ['billing.settlements.kind'] },
  { values: secondFactorMeans, sdl: 'SecondFactorMeans', columns: [] },
  { values: dataExportStates, sdl: 'DataExportState', columns: [] },
  { values: staffActs, sdl: 'StaffAct', columns: [] },
  { values: roles, sdl: 'StaffRole', columns: ['user.role_grants.role'] },
  { values: notificationKinds, sdl: 'NotificationKind', columns: ['notification.notifications.kind'] },
  { values: webhookEventTypes, sdl: 'WebhookEventType', columns: [] },
  { values: webhookStatuses, sdl: 'WebhookStatus', columns: [] },
  {
    values: disabledReasons,
    sdl: 'WebhookDisabledReason',
    columns: ['notification.webhook_endpoints.disabled_reason'],
  },
  { values: deliveryStates, sdl: 'WebhookDeliveryStatus', columns: ['notification.webhook_deliveries.state'] },
  { values: postFaults, sdl: 'WebhookFault', columns: [] },
];

/** Enums that name choices of a request, not facts: the resolvers' types make the compiler compare them. */
const choices = ['EntryDirection', 'SortDirection', 'TransactionOrderField', 'OrderOrderField'];

const sdlEnums = readSubgraphs().flatMap(({ name: subgraph, typeDefs }) =>
  typeDefs.definitions
    .filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
    .map((definition) => ({ subgraph, name: definition.name.value, values: valuesOf(definition) })),
);

function valuesOf({ values = [] }: EnumTypeDefinitionNode): string[] {
  return values.map(({ name }) => name.value);
}

describe('the SDL', () => {
  test('has no enum without a list in the code', () => {
    const known = [...enumerations.flatMap(({ sdl }) => sdl ?? []), ...choices, 'UserErrorCode'];
    expect([...new Set(sdlEnums.map(({ name }) => name))].toSorted()).toEqual(known.toSorted());
  });

  test.each(enumerations.filter(({ sdl }) => sdl !== null))('has the values of the code in $sdl', ({ sdl, values }) => {
    const copies = sdlEnums.filter(({ name }) => name === sdl);
    expect(copies).not.toEqual([]);
    for (const copy of copies) expect(copy.values).toEqual(values);
  });

  const codes = sdlEnums.filter(({ name }) => name === 'UserErrorCode');
  test.each(codes)('of $subgraph declares no code of a refusal that it never returns', ({ subgraph, values }) => {
    const sources = [`subgraphs/${subgraph}`, 'platform'].flatMap((folder) => sourcesIn(folder)).join('\n');
    expect(values.filter((code) => !sources.includes(`'${code}'`))).toEqual([]);
  });
});

function sourcesIn(folder: string): string[] {
  const root = new URL(`../${folder}/`, import.meta.url);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|generated)\.ts$/.test(file))
    .map((file) => readFileSync(new URL(file, root), 'utf8'));
}

describe('the databases', () => {
  const names = ['billing', 'order', 'notification', 'user'] as const;
  let databases: TestDatabases;
  /** The texts that a column may have, by `database.table.column`. */
  let checks: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    databases = await createDatabases(...names);
    checks = new Map((await Promise.all(names.map(readChecks))).flat());
  });

  afterAll(async () => {
    await databases.drop();
  });

  async function readChecks(name: (typeof names)[number]): Promise<[string, string[]][]> {
    const rows = await databases.asOwner(
      name,
      `select conrelid::regclass::text as "table", attname as column, pg_get_constraintdef(pg_constraint.oid) as check
       from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
       where contype = 'c' and cardinality(conkey) = 1 and connamespace = 'public'::regnamespace`,
    );
    return (rows as { table: string; column: string; check: string }[]).flatMap(({ table, column, check }) =>
      check.includes(' = ANY ') ? [[`${name}.${table}.${column}`, textsIn(check)]] : [],
    );
  }

  const textsIn = (definition: string) => Array.from(definition.matchAll(/'([A-Z_]+)'::text/g), ([, text]) => text!);

  test('have no check of a list of values that is not in the code', () => {
    expect([...checks.keys()].toSorted()).toEqual(enumerations.flatMap(({ columns }) => columns).toSorted());
  });

  test.each(enumerations)('accept the values of the code in $columns', ({ values, columns }) => {
    for (const column of columns) expect([column, checks.get(column)]).toEqual([column, values]);
  });

  test('seal the statuses in which an order waits for a decision', async () => {
    const [trigger] = await databases.asOwner(
      'order',
      `select pg_get_triggerdef(oid) as definition from pg_trigger where tgname = 'check_seal'`,
    );
    expect(textsIn(trigger!['definition'] as string)).toEqual(unsettledStatuses);
  });

  test.each([
    ['billing', 'post_entries'],
    ['billing', 'check_transactions'],
    ['billing', 'check_settlements'],
    ['billing', 'close_account'],
  ] as const)('of %s: the function %s names no value that the code lacks', async (name, routine) => {
    const [row] = await databases.asOwner(name, 'select prosrc as source from pg_proc where proname = $1', [routine]);
    const known = new Set(enumerations.flatMap(({ values }) => values));
    const named = Array.from((row!['source'] as string).matchAll(/'([A-Z_]{2,})'/g), ([, text]) => text!);
    expect(named.filter((text) => !known.has(text))).toEqual([]);
  });
});
