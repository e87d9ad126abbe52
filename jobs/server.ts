import { database as billing } from '#billing/database.ts';
import { database as notification } from '#notification/database.ts';
import { database as order } from '#order/database.ts';
import { createLog } from '#platform/telemetry/log.ts';
import { runProcess } from '#platform/process/process.ts';
import { injectFaults } from '#platform/process/settings.ts';
import { startTelemetry } from '#platform/telemetry/telemetry.ts';
import { database as user } from '#user/database.ts';
import { readConfig } from './config.ts';
import { startJobs } from './jobs.ts';

await runProcess('jobs', async () => {
  const config = readConfig();
  injectFaults(config);
  const log = createLog('jobs', config.LOG_LEVEL);
  await startTelemetry('jobs', config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  return await startJobs(config, { user, billing, order, notification }, log);
});
