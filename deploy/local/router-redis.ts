import { SettingsFault } from '#platform/process/settings.ts';

/**
 * Where the router finds Redis: as a user of its own where one is given, else as the jobs do.
 *
 * @throws SettingsFault where the jobs are not on Redis, and would publish elsewhere.
 */
export function routerRedis({ REDIS_URL: jobs = '', ROUTER_REDIS_URL: router = '' }: NodeJS.ProcessEnv) {
  if (router !== '' && jobs === '')
    throw new SettingsFault(['ROUTER_REDIS_URL is for jobs on Redis: set REDIS_URL too']);
  return jobs === '' ? {} : { ROUTER_REDIS_URL: router === '' ? jobs : router };
}
