import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { routes } from '#router/rest/routes.ts';
import { sharedChromium } from './console/chromium.ts';
import { sharedSystem } from './shared-system.ts';

/** The page of the REST API in a browser. */

let browser: Browser;
let origin: string;

beforeAll(async () => {
  const [chromium, { origins }] = await Promise.all([sharedChromium(), sharedSystem()]);
  browser = chromium;
  origin = origins.router;
});
afterAll(async () => await browser.close());

test('the page shows every operation, and loads nothing from elsewhere', async () => {
  const context = await browser.newContext();
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const requested: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${origin}/api`);
  await page
    .locator('.opblock')
    .nth(routes.length - 1)
    .waitFor();

  expect(await page.locator('.opblock').count()).toBe(routes.length);
  expect(requested.filter((url) => !url.startsWith(`${origin}/`) && !url.startsWith('data:'))).toEqual([]);
  expect(errors).toEqual([]);
  await context.close();
}, 120_000);

test('the document and the page are compressed, and their length is bounded', async () => {
  const document = await fetch(`${origin}/api/v1/openapi.json`, { headers: { 'accept-encoding': 'br' } });
  expect([document.status, document.headers.get('content-encoding')]).toEqual([200, 'br']);
  expect(await document.json()).toMatchObject({ openapi: '3.1.1' });
  const plain = await fetch(`${origin}/api/page.js`, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
  const length = Number(plain.headers.get('content-length'));
  expect(length).toBeGreaterThan(100_000);
  expect(length).toBeLessThan(2_000_000);
  const packed = await fetch(`${origin}/api/page.js`, { headers: { 'accept-encoding': 'br' } });
  expect(packed.headers.get('content-encoding')).toBe('br');
  expect((await packed.arrayBuffer()).byteLength).toBe(length);
});
