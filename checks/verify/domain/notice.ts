import type { NotificationKind } from '#notification/domain/messages.ts';
import type { OrderStatus } from '#platform/orders/lifecycle.ts';
import { compare, type Finding } from '../finding.ts';
import { type Notice, type OrderFile, type OrderNotice, isSettledSince } from './order-file.ts';

export interface TransferNotice extends Notice {
  readonly transactionId: string;
  readonly refundNumber: number | null;
}

/** A transfer to another customer. */
export interface Transfer {
  readonly id: string;
  readonly customerId: string;
  readonly createdAt: Date;
  /** Whether its outbox row is dead-lettered, which has its own finding. */
  readonly deadLetter: boolean;
}

/** A missing notification; it is no fault if the customer is deleted. */
export interface MissingNotice {
  readonly customerId: string;
  readonly finding: Finding;
}

export interface NoticeCheck {
  readonly findings: readonly Finding[];
  readonly missing: readonly MissingNotice[];
}

const nothing: NoticeCheck = { findings: [], missing: [] };

/** The notifications of an order by status; each exists once. Refunds have one each in addition. */
const expectedKinds: Readonly<Record<string, readonly NotificationKind[]>> = {
  PENDING: [],
  PAID: ['ORDER_PAID'],
  REJECTED: ['ORDER_REJECTED'],
  CANCELLED: ['ORDER_CANCELLED'],
  REFUNDING: ['ORDER_PAID'],
  PARTIALLY_REFUNDED: ['ORDER_PAID'],
  REFUNDED: ['ORDER_PAID'],
} satisfies Readonly<Record<OrderStatus, readonly NotificationKind[]>>;

/** Checks that each notification of an order exists once. Effects younger than the horizon may be in progress. */
export function checkOrderNotices(file: OrderFile, horizon: Date): NoticeCheck {
  const { order, notices } = file;
  if (!isSettledSince(horizon, file)) return nothing;
  if (order === null) return { findings: notices.map(({ id }) => strayFinding(id, 'an order')), missing: [] };
  const { id, customerId, status, deadLetter } = order;
  const expected = [
    ...(expectedKinds[status] ?? []).map((kind) => ({ kind, refundNumber: null })),
    ...refundNotices(file),
  ];
  return {
    findings: [
      ...notices
        .filter((notice) => !expected.some((one) => isOf(one, notice)))
        .map((notice) => ({
          table,
          id: notice.id,
          expected: `no such notification of an order that is ${status}`,
          found: notice.kind,
        })),
      ...expected.flatMap((one) => checkUnique(notices.filter((notice) => isOf(one, notice)))),
      ...notices.flatMap((notice) => checkCustomer(notice, customerId)),
    ],
    missing: expected
      .filter((one) => !deadLetter && !notices.some((notice) => isOf(one, notice)))
      .map(({ kind }) => missing('order.orders', id, customerId, kind)),
  };
}

type Expected = Pick<OrderNotice, 'kind' | 'refundNumber'>;

/** One for each refund that was made. A refund of a release that refunded only whole orders has no number. */
function refundNotices({ refunds, settlements }: OrderFile): Expected[] {
  const kind = 'ORDER_REFUNDED';
  const made = refunds.filter(({ status }) => status === 'MADE');
  const whole = settlements.filter(
    (one) => one.kind === 'REFUND' && one.refundId === null && one.transactionId !== null,
  );
  return [
    ...made.map(({ number: refundNumber }) => ({ kind, refundNumber }) as const),
    ...whole.map(() => ({ kind, refundNumber: null }) as const),
  ];
}

const isOf = ({ kind, refundNumber }: Expected, notice: OrderNotice) =>
  notice.kind === kind && notice.refundNumber === refundNumber;

/** Checks that the receiver of a transfer was notified once. */
export function checkTransferNotices(
  transfer: Transfer | null,
  notices: readonly TransferNotice[],
  horizon: Date,
): NoticeCheck {
  if ([transfer, ...notices].some((one) => one !== null && one.createdAt >= horizon)) return nothing;
  if (transfer === null) {
    return { findings: notices.map(({ id }) => strayFinding(id, 'a transfer to another customer')), missing: [] };
  }
  const { id, customerId, deadLetter } = transfer;
  return {
    findings: [
      ...checkUnique(notices),
      ...notices.flatMap((notice) => [
        ...checkCustomer(notice, customerId),
        ...compare(table, notice.id, {
          kind: ['TRANSFER_RECEIVED', notice.kind],
          'number of a refund': [null, notice.refundNumber],
        }),
      ]),
    ],
    missing:
      deadLetter || notices.length > 0 ? [] : [missing('billing.transactions', id, customerId, 'TRANSFER_RECEIVED')],
  };
}

const table = 'notification.notifications';

function strayFinding(id: string, subject: string): Finding {
  return { table, id, expected: `${subject} to which it refers`, found: 'none' };
}

function checkUnique([first, ...others]: readonly Notice[]): Finding[] {
  return others.map(({ id, kind }) => ({ table, id, expected: `one ${kind}`, found: `another: ${first?.id}` }));
}

function checkCustomer(notice: Notice, customerId: string): Finding[] {
  return compare(table, notice.id, { customer: [customerId, notice.customerId] });
}

function missing(subject: string, id: string, customerId: string, kind: NotificationKind): MissingNotice {
  return { customerId, finding: { table: subject, id, expected: `a notification ${kind}`, found: 'none' } };
}
