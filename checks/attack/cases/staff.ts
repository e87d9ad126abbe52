import { randomUUID } from 'node:crypto';
import type { SubgraphName } from '#subgraphs/manifest.ts';
import type { Case, Expectation } from '../case.ts';
import type { Client } from '../client.ts';
import type { Intruders } from '../staff.ts';
import type { World } from '../world.ts';

/** Callers who are not operators call what is for operators, and customers read what is for staff. */

interface StaffOperation {
  readonly subgraph: SubgraphName;
  readonly field: string;
  readonly type: string;
  readonly inputOf: (world: World) => object;
}

const reason = 'because I can';
const aboutAda = ({ ada }: World) => ({ customerId: ada.id, reason });
const decision = () => ({ correctionId: randomUUID(), reason });
const usd = { amount: '1000000.00', currency: 'USD' };
const movementOf = ({ eve }: World) => ({
  accountId: eve.accounts['USD'],
  amount: usd,
  reason,
  idempotencyKey: randomUUID(),
});

const acts: readonly (readonly [SubgraphName, string, string, StaffOperation['inputOf']])[] = [
  ['user', 'endCustomerSessions', 'CustomerActInput', aboutAda],
  ['user', 'resetSecondFactors', 'CustomerActInput', aboutAda],
  ['user', 'restoreEmail', 'RestoreEmailInput', (world) => ({ ...aboutAda(world), email: world.eve.email })],
  ['user', 'resendMessage', 'ResendMessageInput', (world) => ({ ...aboutAda(world), idempotencyKey: randomUUID() })],
  ['user', 'grantRole', 'RoleInput', ({ eve }) => ({ customerId: eve.id, role: 'OPERATOR', reason })],
  ['user', 'revokeRole', 'RoleInput', (world) => ({ ...aboutAda(world), role: 'OPERATOR' })],
  ['user', 'replayUserDeadLetter', 'ReplayDeadLetterInput', () => ({ id: '1', reason })],
  ['billing', 'replayBillingDeadLetter', 'ReplayDeadLetterInput', () => ({ id: '1', reason })],
  ['order', 'replayOrderDeadLetter', 'ReplayDeadLetterInput', () => ({ id: '1', reason })],
  ['billing', 'freezeCustomer', 'FreezeCustomerInput', aboutAda],
  ['billing', 'unfreezeCustomer', 'FreezeCustomerInput', aboutAda],
  [
    'billing',
    'proposeCorrection',
    'ProposeCorrectionInput',
    (world) => ({ ...movementOf(world), direction: 'CREDIT', reference: 'A gift' }),
  ],
  ['billing', 'approveCorrection', 'DecideCorrectionInput', decision],
  ['billing', 'declineCorrection', 'DecideCorrectionInput', decision],
  ['billing', 'requestVerification', 'RequestVerificationInput', () => ({ reason })],
  ['billing', 'depositForCustomer', 'FundingInput', movementOf],
  ['billing', 'withdrawForCustomer', 'FundingInput', movementOf],
  [
    'order',
    'refundCustomerOrder',
    'RefundCustomerOrderInput',
    ({ order }) => ({ orderId: order, reason, idempotencyKey: randomUUID() }),
  ],
];

const operations: readonly StaffOperation[] = acts.map(([subgraph, field, type, inputOf]) => ({
  subgraph,
  field,
  type,
  inputOf,
}));

const callers: readonly (readonly [title: string, tokenOf: (world: World, intruders: Intruders) => string])[] = [
  ['a customer', ({ eve }) => eve.token],
  ['SUPPORT', (_world, { support }) => support],
  ['an auditor', (_world, { auditor }) => auditor],
  ['an operator without a second factor', (_world, { operatorWithoutFactor }) => operatorWithoutFactor],
  ['an API client', (_world, { orderReader }) => orderReader],
];

const refused: Expectation = {
  code: ['FORBIDDEN', 'INSUFFICIENT_SCOPE'],
  also: ({ data }) => (Object.values(data ?? {}).every((value) => value === null) ? null : 'the act was done'),
};

const mutationOf = ({ field, type }: StaffOperation) =>
  `mutation ($input: ${type}!) { ${field}(input: $input) { userErrors { code } } }`;

const reads: readonly (readonly [title: string, query: (world: World) => string])[] = [
  ['a customer by email', ({ ada }) => `{ customer(by: { email: "${ada.email}" }, reason: "${reason}") { id email } }`],
  ['the trial balance', () => `{ trialBalance(reason: "${reason}", day: "2026-01-31T00:00:00Z") { from } }`],
  ['the house accounts', () => `{ houseAccounts(reason: "${reason}") { kind } }`],
  ['the corrections', () => `{ corrections(reason: "${reason}") { pageInfo { hasNextPage } } }`],
  ['the audit log', () => '{ userAuditLog { pageInfo { hasNextPage } } }'],
  ['the dead letters', () => '{ userDeadLetters { nodes { id } } }'],
];

const notForSupport: ReadonlySet<string> = new Set(['the house accounts', 'the audit log', 'the dead letters']);

const directly = ({ subgraphs }: World, name: SubgraphName): Client | null => subgraphs?.[name] ?? null;

/** Null where the system's keys are not known: then there are no such tokens. */
export const staffCases: readonly Case[] = [
  ...callers.flatMap(([caller, tokenOf]) =>
    operations.map((operation): Case => ({
      title: `${operation.field} by ${caller}`,
      request: async (world) => {
        const [variables, token] = [{ input: operation.inputOf(world) }, tokenOf(world, intrudersOf(world))];
        const query = mutationOf(operation);
        const past = directly(world, operation.subgraph);
        const pastRouter = [
          await past?.request(query, { variables, token }),
          await past?.requestAsRouter(query, { variables, token }),
        ];
        const answer = await world.request(query, { variables, token });
        return pastRouter.find((one) => one !== undefined && !isRefused(one.codes)) ?? answer;
      },
      expected: refused,
    })),
  ),
  ...reads.map(([title, query]): Case => ({
    title: `${title}, read by a customer`,
    request: async (world) => await world.request(query(world), { token: world.eve.token }),
    expected: refused,
  })),
  ...reads
    .filter(([title]) => notForSupport.has(title))
    .map(([title, query]): Case => ({
      title: `${title}, read by SUPPORT`,
      request: async (world) => await world.request(query(world), { token: intrudersOf(world).support }),
      expected: refused,
    })),
];

const isRefused = (codes: readonly string[]) =>
  codes.length > 0 && codes.every((code) => code === 'FORBIDDEN' || code === 'INSUFFICIENT_SCOPE');

function intrudersOf({ intruders }: World): Intruders {
  if (intruders === null) throw new Error('the keys of the system are not known');
  return intruders;
}
