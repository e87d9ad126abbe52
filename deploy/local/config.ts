import { settings as billing } from '#billing/config.ts';
import { settings as jobs } from '#jobs/config.ts';
import { settings as notification } from '#notification/config.ts';
import { settings as order } from '#order/config.ts';
import { managementSettings, port, processSettings, readSettings, text } from '#platform/process/settings.ts';
import { settings as router } from '#router/config.ts';
import { settings as user } from '#user/config.ts';
import { databaseSettings } from './databases.ts';

/** What the launcher itself is told; where the databases are is read by databases.ts. */
const launcherSettings = {
  ...processSettings,
  POSTGRES_PORT: port.default(5433),
  DATA_FOLDER: text.optional(),
  ...managementSettings,
  ROUTER_PORT: router.ROUTER_PORT,
  USER_PORT: user.USER_PORT,
  BILLING_PORT: billing.BILLING_PORT,
  ORDER_PORT: order.ORDER_PORT,
  NOTIFICATION_PORT: notification.NOTIFICATION_PORT,
  JOBS_PORT: jobs.JOBS_PORT,
  ROUTER_MANAGEMENT_PORT: router.ROUTER_MANAGEMENT_PORT,
  USER_MANAGEMENT_PORT: user.USER_MANAGEMENT_PORT,
  BILLING_MANAGEMENT_PORT: billing.BILLING_MANAGEMENT_PORT,
  ORDER_MANAGEMENT_PORT: order.ORDER_MANAGEMENT_PORT,
  NOTIFICATION_MANAGEMENT_PORT: notification.NOTIFICATION_MANAGEMENT_PORT,
  JOBS_MANAGEMENT_PORT: jobs.JOBS_MANAGEMENT_PORT,
};

export const settings = { ...launcherSettings, ...databaseSettings };

export type LauncherConfig = ReturnType<typeof readConfig>;

export const readConfig = (environment = process.env) => readSettings(launcherSettings, environment);
