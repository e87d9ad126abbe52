import { readFileSync } from 'node:fs';
import { healthUrl } from './health-url.ts';

/**
 * The image's health check: exits with 0 if the process of this container is ready. Process 1 is that process, or an
 * init process of the engine, whose arguments include those of the process.
 */
const url = await healthUrl(readFileSync('/proc/1/cmdline', 'utf8').split('\0'), process.env);
if (url !== null) {
  const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  process.exitCode = response.ok ? 0 : 1;
}
