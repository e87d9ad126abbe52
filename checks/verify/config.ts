import type { VerifierUrls } from '#local/credentials.ts';
import { durationS, intervalS, postgresUrl, readSettings } from '#platform/process/settings.ts';
import { verifiedSubgraphs } from '#subgraphs/manifest.ts';
import { verifierUrlSetting, verifySchedule } from '#subgraphs/settings.ts';

const limits = {
  VERIFY_GRACE_S: intervalS.default(60),
  VERIFY_OUTBOX_MAX_AGE_S: durationS.default(900),
  VERIFY_TIME_LIMIT_S: intervalS.default(3_600),
  ...verifySchedule,
};

const databaseUrls = Object.fromEntries(verifiedSubgraphs.map((name) => [verifierUrlSetting(name), postgresUrl]));

export const settings = { ...limits, ...databaseUrls };

export const readLimits = (environment = process.env) => readSettings(limits, environment);

/** Whether any database URL is set; then all of them are required. */
export function hasDatabaseSettings(environment = process.env): boolean {
  return Object.keys(databaseUrls).some((name) => (environment[name] ?? '') !== '');
}

/** @throws SettingsFault that names each URL that is missing. */
export function readAddresses(environment = process.env): VerifierUrls {
  const read = readSettings(databaseUrls, environment);
  return Object.fromEntries(verifiedSubgraphs.map((name) => [name, read[verifierUrlSetting(name)]])) as VerifierUrls;
}
