import type { Route } from './route.ts';
import { accounts } from './routes/accounts.ts';
import { movements } from './routes/movements.ts';
import { notifications } from './routes/notifications.ts';
import { orders } from './routes/orders.ts';
import { sessions } from './routes/sessions.ts';
import { users } from './routes/users.ts';

/** Every route of the REST API. */
export const routes: readonly Route[] = [...users, ...sessions, ...accounts, ...movements, ...orders, ...notifications];
