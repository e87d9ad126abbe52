import { readFileSync } from 'node:fs';
import { healthUrl } from './health-url.ts';

/**
 * The image's health check: ends with 0 where the process of this container can work. Whoever runs it is the first
 * process, or the second where the engine puts an init before it, whose arguments then are the same.
 */
const url = await healthUrl(readFileSync('/proc/1/cmdline', 'utf8').split('\0'), process.env);
if (url !== null) {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
  process.exitCode = answer.ok ? 0 : 1;
}
