// Generated from the schema and the list of currencies by `npm run compose`: change those.
import type { Currency, OrderStatus, WebhookEventType } from './operations.generated.ts';

/** For sentences, such as `your euro account`. */
export const currencyNames: Readonly<Record<Currency, string>> = {
  USD: 'US dollar',
  EUR: 'euro',
  CNY: 'Chinese yuan',
};

/** An order in one of these changes without the customer. */
export const unsettledStatuses: ReadonlySet<OrderStatus> = new Set(['PENDING', 'REFUNDING']);

/** The roles of staff, in the claim `roles` of an access token. */
export const roles = ['SUPPORT', 'OPERATOR', 'AUDITOR'] as const;
export type Role = (typeof roles)[number];

/** The scopes of API clients. */
export const scopes = [
  'accounts:read',
  'transactions:read',
  'deposits:write',
  'withdrawals:write',
  'transfers:write',
  'orders:read',
  'orders:write',
  'shop:orders',
  'notifications:read',
  'notifications:write',
  'webhooks:read',
  'webhooks:write',
] as const;
export type Scope = (typeof scopes)[number];

export const orderStatuses: readonly OrderStatus[] = [
  'PENDING',
  'PAID',
  'REJECTED',
  'CANCELLED',
  'REFUNDING',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
];

export const webhookEventTypes: readonly WebhookEventType[] = [
  'ORDER_PAID',
  'ORDER_REJECTED',
  'ORDER_CANCELLED',
  'ORDER_REFUNDED',
  'TRANSFER_RECEIVED',
  'TRANSFER_SENT',
];
