import type { z } from 'zod';
import { subgraphSettings } from '#platform/graphql/subgraph-settings.ts';
import { jobKeysSetting } from '#platform/messaging/job-keys.ts';
import { settingForEach, settingName } from '#platform/process/setting-names.ts';
import { durationS, httpUrl, readSettings } from '#platform/process/settings.ts';
import { type OutboxOwner, outboxOwners, workerGroups, type SubgraphName, subgraphs, tokenIssuer } from './manifest.ts';

/** The keys with which a subgraph signs jobs, as a setting. */
export const jobKeySetting = jobKeysSetting(workerGroups);

/** The default URLs, on one machine. */
export const graphqlUrl = (name: SubgraphName) => `http://127.0.0.1:${subgraphs[name].port}/graphql`;
const jwks = { JWKS_URL: httpUrl.default(`http://127.0.0.1:${subgraphs[tokenIssuer].port}/.well-known/jwks.json`) };

/** The setting with the URL with which `verify` reads a database. */
export const verifierUrlSetting = <Name extends string>(name: Name) =>
  settingName(`verify_${name}` as const, 'DATABASE_URL');

/** A run of `verify` that staff see begins when none began in this time. Not set: only when an operator requests one. */
export const verifySchedule = { VERIFY_EVERY_S: durationS.optional() };

/** The settings that follow from the entry of a subgraph in the manifest. */
function settingsOf<Name extends SubgraphName>(name: Name) {
  const { calls } = subgraphs[name];
  const owners = outboxOwners.filter((owner) => owner === name) as Extract<Name, OutboxOwner>[];
  return {
    ...subgraphSettings(name, subgraphs[name]),
    ...settingForEach(owners, 'JOB_KEYS', () => jobKeySetting),
    ...settingForEach(calls as readonly (typeof subgraphs)[Name]['calls'][number][], 'URL', (called) =>
      httpUrl.default(graphqlUrl(called)),
    ),
    ...((name === tokenIssuer ? {} : jwks) as Name extends typeof tokenIssuer ? object : typeof jwks),
  };
}

/**
 * The settings of a subgraph's server and the function that reads them.
 *
 * @param own settings that no other subgraph has.
 */
export function configOf<Name extends SubgraphName, Own extends z.ZodRawShape>(name: Name, own: Own) {
  const settings = { ...settingsOf(name), ...own };
  return { settings, readConfig: (environment = process.env) => readSettings(settings, environment) };
}
