import type { Route } from './route.ts';
import { accounts } from './routes/accounts.ts';
import { movements } from './routes/movements.ts';
import { notifications } from './routes/notifications.ts';
import { orders } from './routes/orders.ts';
import { sessions } from './routes/sessions.ts';
import { shops } from './routes/shops.ts';
import { users } from './routes/users.ts';
import { webhooks } from './routes/webhooks.ts';

/** Every route of the REST API. */
export const routes: readonly Route[] = [
  ...users,
  ...sessions,
  ...accounts,
  ...movements,
  ...orders,
  ...notifications,
  ...webhooks,
  ...shops,
];

/** Returns the route with this method and path. */
export function routeOf(method: Route['method'], path: string): Route {
  const route = routes.find((one) => one.method === method && one.path === path);
  if (route === undefined) throw new Error(`there is no route ${method} ${path}`);
  return route;
}
