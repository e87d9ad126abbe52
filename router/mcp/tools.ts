import type { Scope } from '#platform/identity/scopes.ts';
import type { Route } from '../rest/route.ts';
import { routeOf } from '../rest/routes.ts';

/** A tool of an agent: a route of the REST API, and so a registered operation. */
export interface Tool {
  readonly name: string;
  readonly route: Route;
  /** One of them is needed. The subgraphs check the scopes again. */
  readonly scopes: readonly Scope[];
  /** What it does: only what moves money needs a confirmation. */
  readonly effect: 'reads' | 'quotes' | 'marks' | 'moves money';
}

/** The tools by the route that they run. Fields that are closed to API clients have none. */
export const tools: readonly Tool[] = [
  tool('list_accounts', 'GET', '/accounts', 'reads', 'accounts:read'),
  tool('get_account', 'GET', '/accounts/{id}', 'reads', 'accounts:read'),
  tool('list_entries', 'GET', '/accounts/{id}/entries', 'reads', 'accounts:read'),
  tool('list_transactions', 'GET', '/transactions', 'reads', 'transactions:read'),
  tool('get_transaction', 'GET', '/transactions/{id}', 'reads', 'transactions:read'),
  tool('list_orders', 'GET', '/orders', 'reads', 'orders:read'),
  tool('get_order', 'GET', '/orders/{id}', 'reads', 'orders:read', 'orders:write'),
  tool('list_notifications', 'GET', '/notifications', 'reads', 'notifications:read'),
  tool('get_notification', 'GET', '/notifications/{id}', 'reads', 'notifications:read'),
  tool('mark_notification_read', 'PUT', '/notifications/{notificationId}/read', 'marks', 'notifications:write'),
  tool('quote_transfer', 'POST', '/quotes', 'quotes', 'transfers:write'),
  tool('transfer', 'POST', '/transfers', 'moves money', 'transfers:write'),
  tool('deposit', 'POST', '/deposits', 'moves money', 'deposits:write'),
  tool('withdraw', 'POST', '/withdrawals', 'moves money', 'withdrawals:write'),
  tool('place_order', 'POST', '/orders', 'moves money', 'orders:write'),
  tool('refund_order', 'POST', '/orders/{orderId}/refund', 'moves money', 'orders:write'),
];

function tool(
  name: string,
  method: Route['method'],
  path: string,
  effect: Tool['effect'],
  ...scopes: readonly Scope[]
): Tool {
  return { name, route: routeOf(method, path), scopes, effect };
}

/** The tools that a client with these scopes may use. */
export function toolsWithin(scopes: readonly Scope[]): readonly Tool[] {
  return tools.filter((tool) => tool.scopes.some((scope) => scopes.includes(scope)));
}
