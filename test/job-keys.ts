import { deriveJobKeys, type JobKeys, jobKeys } from '#platform/messaging/job-keys.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';
import { jobKeySetting } from '#subgraphs/settings.ts';

/** The keys that the processes of tests share, and those of the secrets of second factors and webhooks. */
export const jobKeySettings = {
  ...deriveJobKeys('the secret of all tests', workerGroups),
  USER_FACTOR_KEYS: 'f'.repeat(64),
  NOTIFICATION_WEBHOOK_KEYS: 'e'.repeat(64),
};

export function testJobKeys<Own extends WorkerGroup>(
  own: Own,
  settings: Readonly<Record<string, string>> = jobKeySettings,
): JobKeys<Own> {
  return jobKeys(own, jobKeySetting.parse(settings[settingName(own, 'JOB_KEYS')]));
}
