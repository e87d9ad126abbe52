import { count } from '#platform/process/settings.ts';
import { configOf } from '#subgraphs/settings.ts';

export const { settings, readConfig } = configOf('order', {
  REFUND_WITHIN_DAYS: count.default(90),
});
