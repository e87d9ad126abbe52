import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { examples } from '#router/explorer-examples.ts';
import { sharedChromium } from './console/chromium.ts';
import { sharedSystem } from './shared-system.ts';
import { until } from './until.ts';

/** The explorer in a browser: its tabs run one after the other, without any typing or copying. */

const tabs = examples.map((example) => getOperationAST(parse(example))!.name!.value);

let browser: Browser;
let url: string;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [browser, { url }] = await Promise.all([sharedChromium(), sharedSystem()]);
});
afterAll(async () => await browser.close());

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1_280, height: 860 } });
  context.setDefaultTimeout(60_000);
  page = await context.newPage();
  await page.goto(url);
  await page.getByTitle(tabs[0]!, { exact: true }).waitFor();
});
afterEach(async () => await context.close());

interface Answer {
  readonly data: Record<string, Payload>;
  readonly errors?: unknown;
}

type Payload = Record<string, unknown> | null;

/** Executes the operation of the open tab. @returns the request. */
async function send(tab: string): Promise<Request> {
  const sent = page.waitForRequest(async (request) => {
    const text = `${request.postData() ?? ''} ${request.url()}`;
    return text.includes(`"operationName":"${tab}"`) || text.includes(`operationName=${tab}`);
  });
  // The editor needs a moment to parse a new tab, and cannot run its operation until then.
  await Promise.race([sent, pressUntil(sent)]);
  return await sent;
}

/** Executes the operation of the open tab. @returns the data of the answer. */
async function run(tab: string): Promise<Record<string, Payload>> {
  const response = await (await send(tab)).response();
  const { data, errors } = (await response!.json()) as Answer;
  expect(errors).toBeUndefined();
  for (const payload of Object.values(data)) expect(payload?.['userErrors'] ?? []).toEqual([]);
  return data;
}

/** Presses "Execute query" once a second until a request is sent. */
async function pressUntil(sent: Promise<unknown>): Promise<void> {
  for (let pressed: unknown; pressed === undefined;) {
    await page.getByRole('button', { name: 'Execute query' }).click();
    pressed = await Promise.race([sent, page.waitForTimeout(1_000)]);
  }
}

async function open(tab: string): Promise<void> {
  await page.getByTitle(tab, { exact: true }).click();
}

test('every tab runs after the ones before it, and all of them again', async () => {
  for (const tab of [...tabs, ...tabs]) {
    await open(tab);
    if (tab === 'FollowOrder') await followed();
    else await until(tab, async () => isWhole(tab, await run(tab)));
  }
  // The page shows an answer a moment after it has arrived.
  const shown = async () => (await page.locator('.result-window').textContent())?.includes('"expiresAt"');
  expect(await until('the last answer to be shown', shown)).toBe(true);
}, 240_000);

/** The subscription shows the order until it is paid, and ends. */
async function followed(): Promise<void> {
  await send('FollowOrder');
  await page.locator('.result-window').getByText('"PAID"').first().waitFor();
}

/** Whether the answer is complete: notifications are written after the order is paid. */
function isWhole(tab: string, data: Record<string, Payload>): boolean {
  expect(Object.values(data)).not.toContain(null);
  return tab !== 'Messages' || JSON.stringify(data).includes('ORDER_PAID');
}

test('a reloaded page signs the same customer in again', async () => {
  const { register } = await run('Register');
  await page.reload();
  await open('Login');
  await run('Login');
  await open('Accounts');
  expect(await run('Accounts')).toMatchObject({ viewer: { usd: { balance: { amount: '100.00' } } } });
  expect(register).toMatchObject({ user: { name: 'Ada' } });
});

test('a tab that is run too early names the missing value', async () => {
  await open('Deposit');
  const answer = page.locator('.result-window').getByText('has no value yet');
  await until('the answer', async () => {
    await page.getByRole('button', { name: 'Execute query' }).click();
    return await answer.isVisible();
  });
  expect(await page.locator('.result-window').textContent()).toContain('usdAccountId');
});
