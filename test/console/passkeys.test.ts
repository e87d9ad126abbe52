import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { CDPSession, Page } from 'playwright-core';
import { registerCustomer } from '#test/customer.ts';
import { beforeEachTest, type Given } from './ada.ts';
import { confirm, password, type Person, personOf } from './person.ts';

/** Passkeys, with the virtual authenticator of Chromium. A browser makes them for names only, so the page is at localhost. */

let given: Given;
let ada: Person;
let page: Page;
let devtools: CDPSession;

beforeEachTest((all) => {
  given = all;
});

beforeEach(async () => {
  const { browser, origin, url } = given;
  const named = Object.assign(new URL(origin), { hostname: 'localhost' }).origin;
  ada = await personOf(browser, named, await registerCustomer(url));
  ({ page } = ada);
  devtools = await ada.context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
});

afterEach(async () => {
  expect(ada.complaints).toEqual([]);
  await ada.context.close();
});

async function addPasskey(): Promise<void> {
  await ada.goTo('/settings');
  await page.getByLabel('Name of the passkey').fill('Laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await confirm(page, password);
  const codes = page.getByRole('region', { name: 'Recovery codes' });
  await codes.getByRole('listitem').first().waitFor();
  expect(await codes.getByRole('listitem').count()).toBe(10);
  await codes.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('list', { name: 'Your passkeys' }).getByText('Laptop', { exact: true }).waitFor();
}

async function signOut(): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('You are signed out.').waitFor();
}

test('a customer adds a passkey, and signs in with the password and it', async () => {
  await addPasskey();
  await signOut();
  await page.getByLabel('Email').fill(ada.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('button', { name: 'Use your passkey' }).click();
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
});

test('a customer signs in with a passkey alone, and removes it with it', async () => {
  await addPasskey();
  await signOut();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor();

  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Remove the passkey Laptop' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Confirm that it is you' });
  await dialog.getByRole('button', { name: 'Use your passkey' }).click();
  await page.getByRole('list', { name: 'Your passkeys' }).waitFor({ state: 'detached' });

  await signOut();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('The passkey was not accepted. Try again from the beginning.').waitFor();
  expect(new URL(page.url()).pathname).toBe('/sign-in');
});
