import { createLog } from '#platform/telemetry/log.ts';
import { runProcess } from '#platform/process/process.ts';
import { injectFaults } from '#platform/process/settings.ts';
import { startTelemetry } from '#platform/telemetry/telemetry.ts';
import { loadDatabase, loadEach } from '#subgraphs/load.ts';
import { readConfig } from './config.ts';
import { startJobs } from './jobs.ts';

await runProcess('jobs', async () => {
  const config = readConfig();
  injectFaults(config);
  const log = createLog('jobs', config.LOG_LEVEL);
  await startTelemetry('jobs', config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  return await startJobs(config, await loadEach(config.databases, loadDatabase), log);
});
