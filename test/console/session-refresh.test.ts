import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Route } from 'playwright-core';
import { until } from '#test/until.ts';
import { beforeEachTest } from './ada.ts';
import { balance, type Person } from './person.ts';

/** The refresh of a session: lost answers, missing answers, and refused tokens. */

let origin: string;
let ada: Person;

beforeEachTest((given) => {
  ({ origin, person: ada } = given);
});

beforeEach(async () => {
  await ada.goTo('/');
  await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
});

describe('the session of a page that cannot reach the server', () => {
  const unreachable = "The server can't be reached";
  const tryAgain = async () => await ada.page.getByRole('button', { name: 'Try again' }).click();
  const expectOverview = async () => {
    await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
    expect(await balance(ada.page, 'US dollar')).toBe('$100.00');
  };
  /** The handler of refresh requests; null forwards them to the server. */
  let interrupt: ((route: Route) => Promise<void>) | null;

  beforeEach(async () => {
    const { page } = ada;
    // The test stops the page's clock, so the page retries only when the test advances it.
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 10_000);
    await page.route('**/session/refresh', async (route) => await (interrupt ?? continued)(route));
  });

  const continued = async (route: Route) => await route.continue();

  /** The server rotates the token, but its answer reaches neither the page nor the browser's cookie. */
  async function loseAnswer(route: Route): Promise<void> {
    const [cookie] = await ada.context.cookies(`${origin}/session`);
    const headers = { 'x-console': '1', origin, cookie: `${cookie!.name}=${cookie!.value}` };
    const { status } = await fetch(`${origin}/session/refresh`, { method: 'POST', headers });
    expect(status).toBe(200);
    await route.abort();
  }

  test('continues after "Try again" if the answer to its refresh was lost', async () => {
    interrupt = loseAnswer;
    await ada.page.reload();
    await ada.page.getByRole('heading', { name: unreachable }).waitFor();
    interrupt = null;
    await tryAgain();
    await expectOverview();
  });

  test('continues without a click after the server is back', async () => {
    interrupt = loseAnswer;
    await ada.page.reload();
    await ada.page.getByRole('heading', { name: unreachable }).waitFor();
    interrupt = null;
    await ada.page.clock.runFor(5_000);
    await expectOverview();
  });

  test('continues after a refresh that is never answered', async () => {
    let unanswered = 0;
    interrupt = async () => void (unanswered += 1);
    await ada.page.reload();
    await until('the refresh', () => unanswered > 0);
    await ada.page.clock.runFor(10_000);
    await ada.page.getByRole('heading', { name: unreachable }).waitFor();
    interrupt = null;
    await tryAgain();
    await expectOverview();
  });
});

test('a session gets another token without a notice when the server refuses the first one', async () => {
  let refused = 0;
  await ada.page.route('**/graphql', async (route) => {
    const headers = route.request().headers();
    if (refused > 0 || headers['authorization'] === undefined) return await route.continue();
    refused += 1;
    await route.continue({ headers: { ...headers, authorization: 'Bearer expired' } });
  });
  await ada.page.getByRole('link', { name: 'History', exact: true }).click();
  await ada.page.getByText('1 transaction').waitFor();
  expect(refused).toBe(1);
});
