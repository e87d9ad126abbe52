import { beforeEach, expect, test } from '@jest/globals';
import axe, { type AxeResults } from 'axe-core';
import { generate } from 'otplib';
import type { Page } from 'playwright-core';
import createQrCode from 'qrcode-generator';
import { beforeEachTest } from './ada.ts';
import { faultsOf } from './axe.ts';
import { confirm, password, type Person, personAt, personOf } from './person.ts';
import type { Customer } from '#test/customer.ts';
import type { Browser } from 'playwright-core';

/** The second factor, the confirmation of important changes, the API clients, and the list of sessions. */

let browser: Browser;
let origin: string;
let customer: Customer;
let ada: Person;
let page: Page;

beforeEachTest((given) => {
  ({ browser, origin, ada: customer, person: ada, page } = given);
});

beforeEach(async () => {
  await ada.goTo('/settings');
  await page.getByText('Customer since').waitFor();
});

const confirmWith = async (code?: string) => await confirm(page, password, code);

/** Sets up the app with the keyboard's own order of steps, and returns the recovery codes. */
async function setUpApp(): Promise<string[]> {
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const form = page.getByRole('form', { name: 'Set up an authenticator app' });
  const secret = ((await form.locator('.copyable-text').textContent()) ?? '').replaceAll(' ', '');
  await form.getByLabel('Code that the app shows').fill(await generate({ secret }));
  await form.getByRole('button', { name: 'Turn on' }).click();
  await confirmWith();
  const codes = page.getByRole('region', { name: 'Recovery codes' });
  await codes.waitFor();
  return await codes.getByRole('listitem').allTextContents();
}

test('the key of an authenticator app is a QR code too, dark on light in each theme', async () => {
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const code = page.getByRole('img', { name: 'The key as a QR code' });
  const uri = await page.getByRole('link', { name: 'Open it' }).getAttribute('href');
  const expected = createQrCode(0, 'M');
  expected.addData(uri!, 'Byte');
  expected.make();
  const modules = Array.from({ length: expected.getModuleCount() }, (_, row) =>
    Array.from({ length: expected.getModuleCount() }, (_, column) => expected.isDark(row, column)),
  );
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await modulesOf(await code.screenshot(), modules.length)).toEqual(modules);
  }
  expect(await faultsOf(page)).toEqual([]);
});

/** The dark modules of a picture of a QR code with a margin of four modules, read from its pixels. */
async function modulesOf(picture: Buffer, count: number): Promise<boolean[][]> {
  return await page.evaluate(
    async ([source, count]) => {
      const image = await createImageBitmap(new Blob([Uint8Array.from(atob(source), (byte) => byte.charCodeAt(0))]));
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d')!;
      context.drawImage(image, 0, 0);
      const unit = image.width / (count + 8);
      const isDark = (row: number, column: number) => {
        const [x, y] = [(column + 4.5) * unit, (row + 4.5) * unit].map(Math.floor) as [number, number];
        return context.getImageData(x, y, 1, 1).data[0]! < 128;
      };
      return Array.from({ length: count }, (_, row) =>
        Array.from({ length: count }, (_, column) => isDark(row, column)),
      );
    },
    [picture.toString('base64'), count] as const,
  );
}

test('a customer sets up an authenticator app, and signs in with the password and a code', async () => {
  const codes = await setUpApp();
  expect(codes).toHaveLength(10);
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    async () =>
      await (globalThis as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run({
        exclude: ['[data-live-announcer]'],
      }),
  );
  expect(violations.map(({ id }) => id)).toEqual([]);

  const other = await personAt(browser, origin);
  await other.goTo('/sign-in');
  await other.page.getByLabel('Email').fill(customer.email);
  await other.page.getByLabel('Password', { exact: true }).fill(password);
  await other.page.getByRole('button', { name: 'Sign in' }).click();
  await other.page.getByRole('heading', { name: 'Enter your code' }).waitFor();
  await other.page.getByLabel('Code', { exact: true }).fill('wrong-code');
  await other.page.getByRole('button', { name: 'Sign in' }).click();
  await other.page
    .locator('.field-error')
    .filter({ hasText: /\w/ })
    .or(other.page.getByRole('alert'))
    .first()
    .waitFor();
  await other.page.getByLabel('Code', { exact: true }).fill(codes[0]!);
  await other.page.getByRole('button', { name: 'Sign in' }).click();
  await other.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  expect(other.complaints).toEqual([]);
  await other.context.close();
});

test('a person at an open session cannot remove the app without the password and a code', async () => {
  const codes = await setUpApp();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'Remove the app' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Confirm that it is you' });
  await dialog.getByLabel('Code', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('Your authenticator app is set up.').waitFor();

  await page.getByRole('button', { name: 'Remove the app' }).click();
  await confirmWith(codes[1]);
  await page.getByRole('button', { name: 'Set up an authenticator app' }).waitFor();
  expect(await page.getByText('Your authenticator app is set up.').count()).toBe(0);
});

/** Ticks a checkbox with the keyboard, as its input is not drawn. */
async function tick(name: string): Promise<void> {
  await page.getByRole('checkbox', { name }).focus();
  await page.keyboard.press('Space');
}

/** The secret that the page shows once, and its API client's id. */
async function shownSecret(name: string): Promise<{ id: string; secret: string }> {
  const region = page.getByRole('region', { name: `Secret of ${name}` });
  await region.waitFor();
  const [id, secret] = await region.locator('.copyable-text').allTextContents();
  await region.getByRole('button', { name: 'I have copied it' }).click();
  await region.waitFor({ state: 'detached' });
  return { id: id!, secret: secret! };
}

async function tokenStatus({ id, secret }: { id: string; secret: string }): Promise<number> {
  const form = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
  return (await fetch(`${origin}/oauth/token`, { method: 'POST', body: new URLSearchParams(form) })).status;
}

test('a customer creates an API client with the keyboard, rotates its secret and revokes it', async () => {
  await page.getByRole('link', { name: 'Manage API clients' }).click();
  await page.getByText('You have no API client.').waitFor();
  await page.getByLabel('Name of the program').focus();
  await page.keyboard.press('Enter');
  await page.getByText('Enter a name, such as “Nightly job”.').waitFor();
  await page.getByText('Choose at least one scope.').waitFor();

  await page.getByLabel('Name of the program').fill('Nightly job');
  await tick('Read orders');
  await tick('Read accounts and balances');
  await page.getByLabel('Name of the program').press('Enter');
  await confirmWith();
  const first = await shownSecret('Nightly job');
  expect(await tokenStatus(first)).toBe(200);
  const row = page.getByRole('list', { name: 'Your API clients' }).getByRole('listitem');
  await row.getByText('Scopes: accounts:read, orders:read').waitFor();
  await row.getByText('Never used').waitFor();

  await row.getByRole('button', { name: 'Make a new secret for Nightly job' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'New secret for Nightly job' });
  await dialog.getByRole('button', { name: 'Make a new secret' }).click();
  await confirmWith();
  const second = await shownSecret('Nightly job');
  expect(second.id).toBe(first.id);
  for (const each of [first, second]) expect(await tokenStatus(each)).toBe(200);
  await page.reload();
  await row.getByText('The old secret works until').waitFor();
  await row.getByText('Last used: Today').waitFor();

  await row.getByRole('button', { name: 'Revoke Nightly job' }).click();
  await confirmWith();
  await row.getByText('Revoked: Today').waitFor();
  expect(await tokenStatus(second)).toBe(401);
  expect(await row.getByRole('button').count()).toBe(0);
});

test('a customer sees the sessions, and ends all others', async () => {
  const other = await personOf(browser, origin, customer);
  await other.goTo('/');
  await other.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  await page.reload();
  const sessions = page.getByRole('list', { name: 'Sessions' });
  await sessions.getByText('This session').waitFor();
  expect(await sessions.getByRole('listitem').count()).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'End all other sessions' }).click();
  await page.getByRole('button', { name: 'End all other sessions' }).waitFor({ state: 'detached' });
  expect(await sessions.getByRole('listitem').count()).toBe(1);
  await other.page.reload();
  await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await other.context.close();
});
