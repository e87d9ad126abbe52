import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { launchChromium } from './chromium.ts';
import { balance, type Person, personAt, signUp } from './person.ts';

/** What needs a system of its own: one whose tokens live for moments, and whose router may be killed. */

let browser: Browser;
let system: TestSystem;
let ada: Person;

beforeAll(async () => {
  [browser, system] = await Promise.all([
    launchChromium(),
    startSystem({ ACCESS_TOKEN_TTL_S: '4', LOG_LEVEL: 'fatal' }),
  ]);
  ada = await personAt(browser, system.origins.router);
  await signUp(ada, 'Ada');
}, 60_000);

afterAll(async () => {
  await browser.close();
  await system.stop();
});

test('a page that is left alone keeps its session, however short its tokens live', async () => {
  const tokens = new Set<string>();
  ada.page.on('request', (request) => {
    const token = request.headers()['authorization'];
    if (token !== undefined) tokens.add(token);
  });
  const refused: string[] = [];
  ada.page.on('response', (response) => {
    if (response.status() === 401 && response.url().endsWith('/graphql')) refused.push(response.url());
  });
  await until('three access tokens', async () => {
    await ada.page.getByRole('link', { name: 'History', exact: true }).click();
    await ada.page.getByText('1 movement').waitFor();
    await ada.page.getByRole('link', { name: 'Overview' }).click();
    await ada.page.getByText('Welcome gift').waitFor();
    return tokens.size >= 3;
  });
  expect(refused).toEqual([]);
});

test('a server that is restarted in the middle of a deposit loses nothing and does nothing twice', async () => {
  const { page } = ada;
  await ada.goTo('/deposit');
  await page.getByLabel('Amount').fill('5');
  const done = page.getByRole('heading', { name: '$5.00 added' });
  const refused = page.getByRole('form').getByRole('alert');

  system.kill('router');
  await page.getByRole('button', { name: 'Add money' }).click();
  await until('the deposit', async () => {
    if (await done.isVisible()) return true;
    // The console has given up: a person tries again.
    if (await refused.isVisible()) await page.keyboard.press('Enter');
    return false;
  });
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByText('Deposit', { exact: true }).waitFor();
  expect(await balance(page, 'US dollar')).toBe('$105.00');
  expect(await page.getByText('The connection is lost.').isVisible()).toBe(false);
  expect(ada.complaints).toEqual([]);
});
