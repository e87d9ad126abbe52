import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { generate } from 'otplib';
import { readMails } from '#platform/messaging/mail-folder.ts';
import { startSystem, type TestSystem } from '#test/system.ts';
import { until } from '#test/until.ts';
import { sharedChromium } from './chromium.ts';
import { password, type Person, personAt, signUp } from './person.ts';

/** Email addresses that are proved, forgotten passwords, and an address that a thief changes. */

let browser: Browser;
let system: TestSystem;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-mail-'));
  [browser, system] = await Promise.all([
    sharedChromium(),
    startSystem({ EMAIL_VERIFICATION: 'on', MAIL_FOLDER: folder }),
  ]);
}, 120_000);

afterAll(async () => {
  await browser.close();
  await system.stop();
  rmSync(folder, { recursive: true });
});

const newPerson = async (): Promise<Person> => await personAt(browser, system.origins.router);

/** The newest message to an address with this subject. */
async function mailTo(address: string, subject: string) {
  return await until(`the message “${subject}” to ${address}`, async () => {
    const mails = await readMails(folder);
    return mails.find((mail) => mail.to === address && mail.subject === subject) ?? false;
  });
}

/** The path of the link in a message, with its token. */
async function linkTo(address: string, subject: string): Promise<string> {
  const url = new URL((await mailTo(address, subject)).links[0]!.url);
  return `${url.pathname}${url.hash}`;
}

async function signIn({ page }: Person, email: string, secret: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a customer registers, proves the address, forgets the password and resets it, which ends the old sessions', async () => {
  const [ada, other] = [await newPerson(), await newPerson()];
  await signUp(ada, 'Ada');
  await ada.page.getByText(`Confirm ${ada.email}`).waitFor();

  await ada.goTo(await linkTo(ada.email, 'Confirm your email address'));
  await ada.page.getByRole('button', { name: 'Confirm this address' }).waitFor();
  expect(new URL(ada.page.url()).hash).toBe('');
  await ada.page.getByRole('button', { name: 'Confirm this address' }).click();
  await ada.page.getByText(`${ada.email} is confirmed.`).waitFor();
  await ada.page.getByRole('link', { name: 'Go to your wallet' }).click();
  await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  expect(await ada.page.getByText(`Confirm ${ada.email}`).count()).toBe(0);

  await other.goTo('/sign-in');
  await other.page.getByRole('link', { name: 'Forgotten your password?' }).click();
  // The sign-in has a field of the same name.
  await other.page.getByRole('heading', { name: 'Forgotten password' }).waitFor();
  await other.page.getByLabel('Email').fill(ada.email);
  await other.page.getByRole('button', { name: 'Send the link' }).click();
  await other.page.getByText('a message with a link is on its way').waitFor();
  await other.goTo(await linkTo(ada.email, 'Choose a new password'));
  await other.page.getByLabel('New password', { exact: true }).fill('a brand new passphrase');
  await other.page.getByRole('button', { name: 'Change password' }).click();
  await other.page.getByText('all sessions have ended').waitFor();

  await ada.page.reload();
  await ada.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await signIn(ada, ada.email, password);
  await ada.page.getByText('The email address or the password is wrong.').waitFor();
  await signIn(ada, ada.email, 'a brand new passphrase');
  await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  await mailTo(ada.email, 'Your password was changed');
  expect([...ada.complaints, ...other.complaints]).toEqual([]);
});

test('a customer proves the address with the code of the message', async () => {
  const ada = await newPerson();
  await signUp(ada, 'Ada');
  const { text } = await mailTo(ada.email, 'Confirm your email address');
  const code = /\b\d{4}\s?\d{4}\b/.exec(text)![0];
  await ada.page.getByRole('link', { name: 'Enter the code' }).click();
  await ada.page.getByLabel('Code from the message').fill(code);
  await ada.page.getByRole('button', { name: 'Confirm address' }).click();
  await ada.page.getByLabel('Code from the message').waitFor({ state: 'detached' });
  await ada.goTo('/');
  await ada.page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  expect(await ada.page.getByText(`Confirm ${ada.email}`).count()).toBe(0);
  expect(ada.complaints).toEqual([]);
});

test('the first second factor needs the code of a message', async () => {
  const ada = await newPerson();
  const { page } = ada;
  await signUp(ada, 'Ada');
  const setUp = async () => {
    await ada.goTo('/settings');
    await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
    const form = page.getByRole('form', { name: 'Set up an authenticator app' });
    const secret = ((await form.locator('.copyable-text').textContent()) ?? '').replaceAll(' ', '');
    await form.getByLabel('Code that the app shows').fill(await generate({ secret }));
    await form.getByRole('button', { name: 'Turn on' }).click();
  };
  await setUp();
  await page.getByText('Confirm your email address first').waitFor();
  await ada.goTo(await linkTo(ada.email, 'Confirm your email address'));
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.getByText(`${ada.email} is confirmed.`).waitFor();
  await setUp();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByLabel('Your password').fill(password);
  await dialog.getByRole('button', { name: 'Send a code to my email address' }).click();
  const { text } = await mailTo(ada.email, 'Confirm a change of your account');
  await dialog.getByLabel('Code from the message').fill(/\b\d{4}\s?\d{4}\b/.exec(text)![0]);
  await dialog.getByRole('button', { name: 'Confirm', exact: true }).click();
  await page.getByRole('region', { name: 'Recovery codes' }).waitFor();
  expect(ada.complaints).toEqual([]);
});

test('a link that was used or never existed is refused in words', async () => {
  const ada = await newPerson();
  for (const path of ['/prove-email', '/undo-email-change', '/prove-email#token=nonsense']) {
    await ada.goTo('/sign-in');
    await ada.goTo(path);
    await ada.page.getByRole('button', { name: /this address|my address/ }).click();
    await ada.page.getByRole('alert').waitFor();
  }
  expect(ada.complaints).toEqual([]);
});

test('an open session cannot change the address without the password, and the owner undoes a change', async () => {
  const ada = await newPerson();
  const { page } = ada;
  await signUp(ada, 'Ada');
  await ada.goTo(await linkTo(ada.email, 'Confirm your email address'));
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.getByText(`${ada.email} is confirmed.`).waitFor();

  const thief = `thief.${ada.email}`;
  const change = async () => {
    await ada.goTo('/settings');
    await page.getByText('Customer since').waitFor();
    await page.getByLabel('Email', { exact: true }).fill(thief);
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page.getByRole('alertdialog').waitFor();
  };
  await change();
  await page.keyboard.press('Escape');
  await page.getByRole('alert').waitFor();
  await change();
  await page.getByRole('alertdialog').getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await page.getByText(`Your address changes when you confirm ${thief}`).waitFor();
  await ada.goTo(await linkTo(thief, 'Confirm your email address'));
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await page.getByText(`${thief} is confirmed.`).waitFor();

  const owner = await newPerson();
  await owner.goTo(await linkTo(ada.email, 'Your email address was changed'));
  await owner.page.getByRole('button', { name: 'Restore my address' }).click();
  await owner.page.getByText(`Your address is ${ada.email} again`).waitFor();
  await page.reload();
  await ada.goTo('/');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await owner.goTo(await linkTo(ada.email, 'Choose a new password'));
  await owner.page.getByLabel('New password', { exact: true }).waitFor();
  expect([...ada.complaints, ...owner.complaints]).toEqual([]);
});
