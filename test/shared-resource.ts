import type { DatabaseName } from '#local/credentials.ts';
import { testSetting } from './test-setting.ts';

/** @returns the addresses of a resource that all tests of a run share; the first request starts it. */
export async function sharedResource(path: '/system' | '/browser' | `/template/${DatabaseName}`): Promise<unknown> {
  const response = await fetch(`${testSetting('WALLET_TEST_SHARED_URL')}${path}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(`The shared resource ${path} did not start: ${answer}`);
  return JSON.parse(answer);
}
