import { deriveJobKeys, type JobKeys, jobKeys } from '#platform/messaging/job-keys.ts';
import { settingName } from '#platform/process/setting-names.ts';
import { type WorkerGroup, workerGroups } from '#subgraphs/manifest.ts';
import { jobKeySetting } from '#subgraphs/settings.ts';

/** The keys that the processes of tests share, and that of the secrets of second factors. */
export const jobKeySettings = {
  ...deriveJobKeys('the secret of all tests', workerGroups),
  USER_FACTOR_KEYS: 'f'.repeat(64),
};

export function testJobKeys<Own extends WorkerGroup>(
  own: Own,
  settings: Readonly<Record<string, string>> = jobKeySettings,
): JobKeys<Own> {
  return jobKeys(own, jobKeySetting.parse(settings[settingName(own, 'JOB_KEYS')]));
}
