/** A subgraph as one who commits and acts: its server and its workers, which share a database and keys. */
export const subgraphNames = ['user', 'billing', 'order', 'notification'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** A kind of row in an outbox: the contract between the subgraph that commits it and those that act on it. */
export interface OutboxKind {
  readonly by: SubgraphName;
  /** Who acts on it. The row is signed for each of them. */
  readonly for: readonly SubgraphName[];
  /** What of its payload is signed, in this order. More fields may be added to a payload; these stay. */
  readonly signed: readonly string[];
  /** The fields, of those that are signed, that make the row's key, which is unique within the kind. */
  readonly key: readonly string[];
}

const userFields = ['userId', 'version', 'email', 'name', 'deleted'];
const userKey = ['userId', 'version'];
const orderFields = ['orderId', 'customerId', 'email', 'name', 'productId', 'quantity', 'currency', 'totalMinor'];

/** The closed list of kinds. */
export const outboxKinds = {
  'order-placed': { by: 'order', for: ['billing'], signed: orderFields, key: ['orderId'] },
  'order-refund': { by: 'order', for: ['billing'], signed: orderFields, key: ['orderId'] },
  'user-changed': { by: 'user', for: ['billing'], signed: userFields, key: userKey },
  'contact-changed': { by: 'user', for: ['notification'], signed: userFields, key: userKey },
  'transfer-sent': {
    by: 'billing',
    for: ['notification'],
    signed: ['transactionId', 'customerId', 'senderName', 'receivedMinor', 'currency', 'description'],
    key: ['transactionId'],
  },
  'closing-begun': { by: 'billing', for: ['order'], signed: ['closingId', 'customerId'], key: ['closingId'] },
} as const satisfies Readonly<Record<string, OutboxKind>>;

export type OutboxKindName = keyof typeof outboxKinds;

export function outboxKind(name: string): OutboxKind | undefined {
  return Object.hasOwn(outboxKinds, name) ? outboxKinds[name as OutboxKindName] : undefined;
}

/** The key of a row, from these fields of its payload, or of an item that came of it. */
export function rowKey(fields: readonly string[], payload: object): string {
  const values: Readonly<Record<string, unknown>> = { ...payload };
  return fields.map((field) => String(values[field])).join(':');
}
