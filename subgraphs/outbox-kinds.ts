import type { OutboxKind } from '#platform/messaging/outbox-kind.ts';
import type { OutboxOwner, WorkerGroup } from './manifest.ts';

interface SubgraphOutboxKind extends OutboxKind {
  readonly by: OutboxOwner;
  readonly for: readonly WorkerGroup[];
}

const userFields = ['userId', 'version', 'email', 'name', 'deleted'];
const userKey = ['userId', 'version'];
const orderFields = ['orderId', 'customerId', 'email', 'name', 'productId', 'quantity', 'currency', 'totalMinor'];

/** Of the orders of shops. */
const shopFields = ['consentId', 'shopId', 'shopOwnerId', 'shopName'];

/** The closed list of kinds. */
export const outboxKinds = {
  'order-placed': { by: 'order', for: ['billing'], signed: orderFields, alsoSigned: shopFields, key: ['orderId'] },
  'order-cancel': { by: 'order', for: ['billing'], signed: orderFields, key: ['orderId'] },
  'order-refund': {
    by: 'order',
    for: ['billing'],
    signed: orderFields,
    alsoSigned: ['refundId', 'refundMinor'],
    key: ['orderId', 'refundId'],
  },
  'user-changed': { by: 'user', for: ['billing'], signed: userFields, key: userKey },
  'contact-changed': {
    by: 'user',
    for: ['notification'],
    signed: userFields,
    alsoSigned: ['emailProved'],
    key: userKey,
  },
  'export-requested': { by: 'user', for: ['user'], signed: ['exportId', 'userId'], key: ['exportId'] },
  'account-mail-written': { by: 'user', for: ['user'], signed: ['mailId'], key: ['mailId'] },
  'message-resend-requested': {
    by: 'user',
    for: ['notification'],
    signed: ['resendId', 'userId', 'notificationId', 'requestedAt'],
    alsoSigned: ['contactVersion'],
    key: ['resendId'],
  },
  'transfer-sent': {
    by: 'billing',
    for: ['notification'],
    signed: ['transactionId', 'customerId', 'senderName', 'receivedMinor', 'currency', 'description'],
    alsoSigned: ['senderId'],
    key: ['transactionId'],
  },
  'payment-started': { by: 'billing', for: ['billing'], signed: ['paymentId'], key: ['paymentId'] },
  'closing-begun': { by: 'billing', for: ['order'], signed: ['closingId', 'customerId'], key: ['closingId'] },
} as const satisfies Readonly<Record<string, SubgraphOutboxKind>>;

export type OutboxKindName = keyof typeof outboxKinds;
