import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import type { Customer } from '#test/customer.ts';

/** A person with their own browser context, who finds elements by their text and labels. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly email: string;
  /** The errors of scripts, and what the Content-Security-Policy blocked. */
  readonly complaints: readonly string[];
  /** Opens a path of the console. */
  readonly goTo: (path: string) => Promise<void>;
  /** Opens a path in another tab of the same browser. */
  readonly openTab: (path: string) => Promise<Page>;
}

export const password = 'correct horse battery staple';

export async function personAt(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-US', ...options });
  context.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('console', (message) => {
    if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
  const page = await context.newPage();
  return {
    context,
    page,
    email: `person.${randomUUID()}@example.com`,
    complaints,
    goTo: async (path) => void (await page.goto(path)),
    openTab: async (path) => {
      const tab = await context.newPage();
      await tab.goto(path);
      return tab;
    },
  };
}

/** Signs up. The console then shows the overview. */
export async function signUp({ page, email, goTo }: Person, name: string): Promise<void> {
  await goTo('/');
  await page.getByRole('link', { name: 'Create a wallet' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create wallet' }).click();
  await page.getByRole('heading', { name: `Hello, ${name}` }).waitFor();
}

/** A customer whose browser is already signed in, as after a reload. */
export async function personOf(
  browser: Browser,
  origin: string,
  { email, password }: Customer,
  options: BrowserContextOptions = {},
): Promise<Person> {
  const person = await personAt(browser, origin, options);
  const answer = await person.context.request.post('/session', {
    headers: { 'x-console': '1', origin, 'sec-fetch-site': 'same-origin' },
    data: { login: { email, password } },
  });
  if (!answer.ok()) throw new Error(`${email} cannot sign in: ${await answer.text()}`);
  return { ...person, email };
}

/** Enters the password, and a code, in the dialog of a change that needs a confirmation. */
export async function confirm(page: Page, secret: string, code?: string): Promise<void> {
  const dialog = page.getByRole('alertdialog', { name: 'Confirm that it is you' });
  await dialog.getByLabel('Your password').fill(secret);
  if (code !== undefined) await dialog.getByLabel('Code', { exact: true }).fill(code);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** The balance that the overview shows. */
export async function balance(page: Page, account: 'US dollar' | 'Euro' | 'Chinese yuan'): Promise<string> {
  const link = page.getByRole('list', { name: 'Your accounts' }).getByRole('link', { name: account });
  return (await link.locator('.account-balance').textContent()) ?? '';
}

/** The account number that the overview shows, without spaces. */
export async function accountNumber(page: Page, account: 'US dollar' | 'Euro' | 'Chinese yuan'): Promise<string> {
  const card = page.getByRole('list', { name: 'Your accounts' }).getByRole('listitem').filter({ hasText: account });
  return ((await card.locator('.copyable-text').textContent()) ?? '').replace(/\s/g, '');
}

/** The region that shows a message when it arrives. */
export function news(page: Page): Locator {
  return page.getByRole('status', { name: 'News' });
}

/** Opens a list by its button, and chooses an option. */
export async function choose(page: Page, field: string, choice: string): Promise<void> {
  // The name of the button is the current choice, then the label.
  await page.getByRole('button', { name: new RegExp(` ${field}$`) }).click();
  await page.getByRole('option', { name: choice }).click();
}

/** The focused element as a screen reader reads it. */
export async function focused(page: Page): Promise<string> {
  const element = page.locator(':focus');
  return (await element.count()) === 0 ? 'nothing' : await element.ariaSnapshot();
}

/** @returns the problem that a field shows, or an empty text. */
export async function problemOf(page: Page, field: Locator): Promise<string> {
  if ((await field.getAttribute('aria-invalid')) !== 'true') return '';
  const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
  const texts = await Promise.all(
    ids.map(async (id) => await page.locator(`[id="${id}"].field-error`).allTextContents()),
  );
  return texts.flat().join(' ');
}

/** Whether a request to the graph contains this operation. */
export function requests(route: Route, operation: string): boolean {
  return route.request().postData()?.includes(operation) === true;
}
