import {
  deriveJobKeys,
  type JobKeys,
  jobKeys,
  jobKeysSetting,
  jobKeysSettingOf,
} from '#platform/messaging/job-keys.ts';
import type { SubgraphName } from '#platform/messaging/outbox-kinds.ts';

/** The keys that the processes of tests share. */
export const jobKeySettings = deriveJobKeys('the secret of all tests');

export function testJobKeys(own: SubgraphName, settings = jobKeySettings): JobKeys {
  return jobKeys(own, jobKeysSetting.parse(settings[jobKeysSettingOf(own)]));
}
