import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page, Route } from 'playwright-core';
import type { Customer } from '#test/customer.ts';

/** Somebody at a browser of their own, who uses the console as people do: by what they read. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly email: string;
  /** What the browser complained of: errors of scripts, and what the Content-Security-Policy refused. */
  readonly complaints: readonly string[];
  /** Opens an address of the console. */
  readonly goTo: (path: string) => Promise<void>;
  /** Another tab of the same browser. */
  readonly openTab: (path: string) => Promise<Page>;
}

export const password = 'correct horse battery staple';

export async function personAt(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Person> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-US', ...options });
  context.setDefaultTimeout(15_000);
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

/** Signs up, and stands on the overview afterwards. */
export async function signUp({ page, email, goTo }: Person, name: string): Promise<void> {
  await goTo('/');
  await page.getByRole('link', { name: 'Create a wallet' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create wallet' }).click();
  await page.getByRole('heading', { name: `Hello, ${name}` }).waitFor();
}

/** A customer at a browser that is signed in already, as it is after a reload. */
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

/** Reads the balance that the overview shows. */
export async function balance(page: Page, account: 'US dollar' | 'Euro' | 'Chinese yuan'): Promise<string> {
  const link = page.getByRole('list', { name: 'Your accounts' }).getByRole('link', { name: account });
  return (await link.locator('.account-balance').textContent()) ?? '';
}

/** The number that a person gives to others, as it is shown, without its spaces. */
export async function accountNumber(page: Page, account: 'US dollar' | 'Euro' | 'Chinese yuan'): Promise<string> {
  const card = page.getByRole('list', { name: 'Your accounts' }).getByRole('listitem').filter({ hasText: account });
  return ((await card.locator('.copyable-text').textContent()) ?? '').replace(/\s/g, '');
}

/** The message that has just come, which is shown on whatever page one is. */
export function news(page: Page): Locator {
  return page.getByRole('status', { name: 'News' });
}

/** Chooses from a list that opens below its button. */
export async function choose(page: Page, field: string, choice: string): Promise<void> {
  // It is named by what is chosen, and then by its label.
  await page.getByRole('button', { name: new RegExp(` ${field}$`) }).click();
  await page.getByRole('option', { name: choice }).click();
}

/** The element that has the focus, in the words of a screen reader. */
export async function focused(page: Page): Promise<string> {
  const element = page.locator(':focus');
  return (await element.count()) === 0 ? 'nothing' : await element.ariaSnapshot();
}

/** What a field says is wrong with it; empty where nothing is. */
export async function problemOf(page: Page, field: Locator): Promise<string> {
  if ((await field.getAttribute('aria-invalid')) !== 'true') return '';
  const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
  const texts = await Promise.all(
    ids.map(async (id) => await page.locator(`[id="${id}"].field-error`).allTextContents()),
  );
  return texts.flat().join(' ');
}

/** Whether a request to the graph asks for this operation. */
export function asks(route: Route, operation: string): boolean {
  return route.request().postData()?.includes(operation) === true;
}
