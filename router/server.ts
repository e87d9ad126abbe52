import { createLog } from '#platform/log.ts';
import { runProcess } from '#platform/process.ts';
import { provoke } from '#platform/settings.ts';
import { startTelemetry } from '#platform/telemetry.ts';
import { readConfig } from './config.ts';
import { startRouter } from './router.ts';

await runProcess('router', async () => {
  const config = readConfig();
  provoke(config);
  const log = createLog('router', config.LOG_LEVEL);
  await startTelemetry('router', config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  return await startRouter(config, log);
});
