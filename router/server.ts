import { createLog } from '#platform/telemetry/log.ts';
import { runProcess } from '#platform/process/process.ts';
import { injectFaults } from '#platform/process/settings.ts';
import { startTelemetry } from '#platform/telemetry/telemetry.ts';
import { readConfig } from './config.ts';
import { startRouter } from './router.ts';

await runProcess('router', async () => {
  const config = readConfig();
  injectFaults(config);
  const log = createLog('router', config.LOG_LEVEL);
  await startTelemetry('router', config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  return await startRouter(config, log);
});
