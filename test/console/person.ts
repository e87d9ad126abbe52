import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

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
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Create wallet' }).click();
  await page.getByRole('heading', { name: `Hello, ${name}` }).waitFor();
}

/** Reads the balance that the overview shows. */
export async function balance(page: Page, account: 'US dollar' | 'Euro' | 'Chinese yuan'): Promise<string> {
  const link = page.getByRole('list', { name: 'Your accounts' }).getByRole('link', { name: account });
  return (await link.locator('.account-balance').textContent()) ?? '';
}

/** The number that a person gives to others, as it is shown, without its spaces. */
export async function accountNumber(page: Page, account: 'US dollar' | 'Euro' | 'Chinese yuan'): Promise<string> {
  const card = page.getByRole('list', { name: 'Your accounts' }).getByRole('listitem').filter({ hasText: account });
  return ((await card.locator('.account-number-text').textContent()) ?? '').replace(/\s/g, '');
}
