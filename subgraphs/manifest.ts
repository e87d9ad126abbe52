/**
 * The list of subgraphs. Processes, databases, roles, settings, job keys, Redis users, generated types and checks are
 * derived from it. The folder of a subgraph has the name of its entry; docs/extending/subgraph.md says what is in it.
 */
export type SubgraphEntry = SubgraphServer & (SubgraphWorkers | NoWorkers);

interface SubgraphServer {
  /** The default ports of its server: for GraphQL, and for health and metrics. */
  readonly port: number;
  readonly managementPort: number;
  /** Whether `npm run verify` reads its database, as a role of its own. */
  readonly isVerified: boolean;
  /** The subgraphs that its server calls over HTTP, each at `<NAME>_URL`. */
  readonly calls: readonly string[];
  /** The TypeScript type behind a GraphQL type, where resolvers return another shape than the schema's. */
  readonly resolverTypes: Readonly<Record<string, string>>;
}

/** Queues have workers that use its database: a jobs process can have its name as a role, and has keys that sign jobs. */
interface SubgraphWorkers {
  readonly hasWorkers: true;
  /** Whether its database has an outbox: then a relay role exists too. */
  readonly hasOutbox: boolean;
  /** Whether its workers publish live events. */
  readonly publishesEvents: boolean;
}

interface NoWorkers {
  readonly hasWorkers: false;
  readonly hasOutbox: false;
  readonly publishesEvents: false;
}

export const subgraphs = {
  user: {
    port: 4001,
    managementPort: 4101,
    hasWorkers: true,
    hasOutbox: true,
    publishesEvents: false,
    isVerified: true,
    calls: ['billing', 'order', 'notification'],
    resolverTypes: {
      User: './entities/user.ts#UserRow',
      DataExport: './entities/data-export.ts#DataExportRow',
      Session: './entities/session.ts#SessionRow',
      Passkey: './entities/passkey.ts#PasskeyRow',
      ApiClient: './entities/api-client.ts#ApiClientRow',
      SecondFactors: './services/second-factors.ts#FactorsOf',
      CustomerRecord: './services/look-at-customer.ts#CustomerRecordView',
      AuditEntry: '../../platform/audit/staff-act.ts#StaffActRow',
      CustomerAct: '../../platform/audit/staff-act.ts#StaffActRow',
    },
  },
  billing: {
    port: 4002,
    managementPort: 4102,
    hasWorkers: true,
    hasOutbox: true,
    publishesEvents: false,
    isVerified: true,
    calls: ['order', 'user'],
    resolverTypes: {
      User: './context.ts#CustomerReference',
      Order: './context.ts#OrderReference',
      Account: './entities/account.ts#AccountRow',
      CustomerRecord: '../../platform/identity/customer-record.ts#CustomerRecordReference',
      AccountRecord: './entities/account.ts#AccountRow',
      EntryRecord: './services/customer-records.ts#EntryRecordView',
      TransactionRecord: './services/customer-records.ts#TransactionRecordView',
      AuditEntry: '../../platform/audit/staff-act.ts#StaffActRow',
      CustomerAct: '../../platform/audit/staff-act.ts#StaffActRow',
      Entry: './entities/entry.ts#StatementRow',
      EntryConnection: './services/list-entries.ts#EntryPage',
      Transaction: './entities/transaction.ts#TransactionRow',
      TransactionConnection: './services/list-transactions.ts#TransactionPage',
      Correction: './services/corrections.ts#CorrectionView',
      HouseAccount: './services/house-accounts.ts#HouseAccountRow',
      TrialBalance: './services/trial-balance.ts#TrialBalanceDay',
      TrialBalanceLine: './services/trial-balance.ts#TrialBalanceLineRow',
      HouseEntry: './services/house-accounts.ts#HouseEntryRow',
      Freeze: './entities/freeze.ts#FreezeRow',
      Verification: './entities/verification.ts#VerificationRow',
      TransferQuote: './entities/quote.ts#QuoteRow',
      ShopConsent: './entities/shop-consent.ts#ShopConsentRow',
      Deposit: './entities/provider-payment.ts#ProviderPaymentRow',
    },
  },
  order: {
    port: 4003,
    managementPort: 4103,
    hasWorkers: true,
    hasOutbox: true,
    publishesEvents: true,
    isVerified: true,
    calls: ['billing'],
    resolverTypes: {
      User: './context.ts#CustomerReference',
      Order: './entities/order.ts#OrderRow',
      ShopOrder: './services/shop-orders.ts#ShopOrderView',
      AuditEntry: '../../platform/audit/staff-act.ts#StaffActRow',
      CustomerAct: '../../platform/audit/staff-act.ts#StaffActRow',
      OrderConnection: './services/list-orders.ts#OrderPage',
      CustomerRecord: '../../platform/identity/customer-record.ts#CustomerRecordReference',
      OrderRecord: './entities/order.ts#OrderRow',
      OrderRefund: './services/find-refunds.ts#RefundOfOrder',
    },
  },
  notification: {
    port: 4004,
    managementPort: 4104,
    hasWorkers: true,
    hasOutbox: false,
    publishesEvents: true,
    isVerified: true,
    calls: [],
    resolverTypes: {
      User: './context.ts#CustomerReference',
      Order: './context.ts#OrderReference',
      Notification: './entities/notification.ts#NotificationRow',
      CustomerRecord: '../../platform/identity/customer-record.ts#CustomerRecordReference',
      NotificationRecord: './entities/notification.ts#NotificationRow',
      WebhookEndpoint: './entities/webhook-endpoint.ts#WebhookEndpointRow',
      WebhookDelivery: './services/list-webhooks.ts#DeliveryView',
      WebhookAttempt: './entities/webhook-attempt.ts#WebhookAttemptRow',
      NotificationConnection: './services/list-notifications.ts#NotificationPage',
    },
  },
} as const satisfies Readonly<Record<string, SubgraphEntry>>;

type Subgraphs = typeof subgraphs;

/** In the order of the list. */
export type SubgraphName = keyof Subgraphs;
export const subgraphNames = Object.keys(subgraphs) as SubgraphName[];

/** The subgraph that issues access tokens and publishes the keys that verify them. */
export const tokenIssuer = 'user' satisfies SubgraphName;

type Flag = 'hasWorkers' | 'hasOutbox' | 'publishesEvents' | 'isVerified';
type NamesWith<Which extends Flag> = {
  [Name in SubgraphName]: Subgraphs[Name][Which] extends true ? Name : never;
}[SubgraphName];

const namesWith = <Which extends Flag>(flag: Which) =>
  subgraphNames.filter((name) => subgraphs[name][flag]) as NamesWith<Which>[];

/** The subgraphs whose workers the jobs processes run. They sign jobs for each other. */
export type WorkerGroup = NamesWith<'hasWorkers'>;
export const workerGroups: readonly WorkerGroup[] = namesWith('hasWorkers');

export type OutboxOwner = NamesWith<'hasOutbox'>;
export const outboxOwners: readonly OutboxOwner[] = namesWith('hasOutbox');

export const eventPublishers: ReadonlySet<SubgraphName> = new Set(namesWith('publishesEvents'));

export type VerifiedSubgraph = NamesWith<'isVerified'>;
export const verifiedSubgraphs: readonly VerifiedSubgraph[] = namesWith('isVerified');
