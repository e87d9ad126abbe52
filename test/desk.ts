import { given } from './given.ts';

/** Asks for something that all tests of a run share; it is started when the first of them asks. */
export async function requestDesk(path: '/system' | '/browser'): Promise<unknown> {
  const response = await fetch(`${given('WALLET_TEST_DESK_URL')}${path}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(`What the tests share at ${path} does not start: ${answer}`);
  return JSON.parse(answer);
}
