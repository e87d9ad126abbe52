import type { NotificationKind } from '#notification/domain/messages.ts';
import type { OrderStatus } from '#order/domain/order.ts';
import { compare, type Finding } from '../finding.ts';
import { type Notice, type OrderFile, restsSince } from './order-file.ts';

export interface TransferNotice extends Notice {
  readonly transactionId: string;
}

/** A transfer to somebody else. */
export interface Transfer {
  readonly id: string;
  readonly customerId: string;
  readonly createdAt: Date;
  /** Whether its row in the outbox was set aside: that is named itself. */
  readonly deadLetter: boolean;
}

/** What nobody was told; no fault where the customer is gone. */
export interface Untold {
  readonly customerId: string;
  readonly finding: Finding;
}

export interface NoticeCheck {
  readonly findings: readonly Finding[];
  readonly untold: readonly Untold[];
}

const nothing: NoticeCheck = { findings: [], untold: [] };

/** What a customer has been told of an order in each of its states, each once. */
const toldBy: Readonly<Record<string, readonly NotificationKind[]>> = {
  PENDING: [],
  PAID: ['ORDER_PAID'],
  REJECTED: ['ORDER_REJECTED'],
  REFUNDING: ['ORDER_PAID'],
  REFUNDED: ['ORDER_PAID', 'ORDER_REFUNDED'],
} satisfies Readonly<Record<OrderStatus, readonly NotificationKind[]>>;

/** Checks that the customer was told what became of an order, once. What is younger than the horizon may be under way. */
export function checkOrderNotices(file: OrderFile, horizon: Date): NoticeCheck {
  const { order, notices } = file;
  if (!restsSince(horizon, file)) return nothing;
  if (order === null) return { findings: notices.map(({ id }) => strayed(id, 'an order')), untold: [] };
  const { id, customerId, status, deadLetter } = order;
  const kinds = toldBy[status] ?? [];
  return {
    findings: [
      ...notices
        .filter(({ kind }) => !kinds.includes(kind))
        .map((notice) => ({
          table,
          id: notice.id,
          expected: `none of an order that is ${status}`,
          found: notice.kind,
        })),
      ...kinds.flatMap((kind) => checkOnce(notices.filter((notice) => notice.kind === kind))),
      ...notices.flatMap((notice) => checkCustomer(notice, customerId)),
    ],
    untold: kinds
      .filter((kind) => !deadLetter && notices.every((notice) => notice.kind !== kind))
      .map((kind) => untold('order.orders', id, customerId, kind)),
  };
}

/** Checks that the receiver was told of a transfer, once. */
export function checkTransferNotices(
  transfer: Transfer | null,
  notices: readonly TransferNotice[],
  horizon: Date,
): NoticeCheck {
  if ([transfer, ...notices].some((one) => one !== null && one.createdAt >= horizon)) return nothing;
  if (transfer === null) {
    return { findings: notices.map(({ id }) => strayed(id, 'a transfer to somebody else')), untold: [] };
  }
  const { id, customerId, deadLetter } = transfer;
  return {
    findings: [
      ...checkOnce(notices),
      ...notices.flatMap((notice) => [
        ...checkCustomer(notice, customerId),
        ...compare(table, notice.id, { kind: ['TRANSFER_RECEIVED', notice.kind] }),
      ]),
    ],
    untold:
      deadLetter || notices.length > 0 ? [] : [untold('billing.transactions', id, customerId, 'TRANSFER_RECEIVED')],
  };
}

const table = 'notification.notifications';

function strayed(id: string, subject: string): Finding {
  return { table, id, expected: `${subject} that it is about`, found: 'none' };
}

function checkOnce([first, ...others]: readonly Notice[]): Finding[] {
  return others.map(({ id, kind }) => ({ table, id, expected: `${kind} once`, found: `${first?.id} before it` }));
}

function checkCustomer(notice: Notice, customerId: string): Finding[] {
  return compare(table, notice.id, { customer: [customerId, notice.customerId] });
}

function untold(subject: string, id: string, customerId: string, kind: NotificationKind): Untold {
  return { customerId, finding: { table: subject, id, expected: `a notification ${kind}`, found: 'none' } };
}
