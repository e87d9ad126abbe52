import { SettingsFault } from '#platform/process/settings.ts';

/**
 * The router's Redis URL: ROUTER_REDIS_URL if it is set, otherwise that of the jobs.
 *
 * @throws SettingsFault if only ROUTER_REDIS_URL is set: the jobs would publish live events elsewhere.
 */
export function routerRedis({ REDIS_URL: jobs = '', ROUTER_REDIS_URL: router = '' }: NodeJS.ProcessEnv) {
  if (router !== '' && jobs === '')
    throw new SettingsFault(['ROUTER_REDIS_URL is for jobs on Redis: set REDIS_URL too']);
  return jobs === '' ? {} : { ROUTER_REDIS_URL: router === '' ? jobs : router };
}
