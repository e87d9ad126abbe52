import { createLog } from '#platform/log.ts';
import { runProcess } from '#platform/process.ts';
import { provoke } from '#platform/settings.ts';
import { readConfig } from './config.ts';
import { startRouter } from './router.ts';

await runProcess('router', async () => {
  const config = readConfig();
  provoke(config);
  return await startRouter(config, createLog('router', config.LOG_LEVEL));
});
