import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Customer } from '#test/customer.ts';
import { startWebhookReceiver, verifiedEvent, type WebhookReceiver } from '#test/webhook-receiver.ts';
import { beforeEachTest, ordered } from './ada.ts';
import { confirm, password, type Person } from './person.ts';

/** The page for webhooks, with a real receiver. */

let ada: Person;
let customer: Customer;
let page: Page;
let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await startWebhookReceiver();
});
afterAll(async () => await receiver.close());
beforeEachTest((given) => {
  ({ ada: customer, person: ada, page } = given);
});
beforeEach(() => {
  receiver.answer = () => ({ status: 204 });
});

const press = async (name: string | RegExp) => await page.getByRole('button', { name }).click();

/** The secret that the page shows once. */
async function shownSecret(): Promise<string> {
  const region = page.getByRole('region', { name: 'Secret of Shop' });
  await region.waitFor();
  // Below a long list and a form, the section would be out of view.
  await region.and(page.locator(':focus')).waitFor();
  const secret = await region.locator('.copyable-text').textContent();
  await region.getByRole('button', { name: 'I have copied it' }).click();
  await region.waitFor({ state: 'detached' });
  return secret!;
}

const newest = (secret: string) => verifiedEvent(secret, receiver.received.at(-1)!);

test('a customer creates a webhook, tests it, sends events again, changes the secret and deletes it', async () => {
  await ada.goTo('/settings');
  await page.getByRole('link', { name: 'Manage webhooks' }).click();
  await page.getByText('You have no webhook.').waitFor();
  await page.getByLabel('URL').fill('http://169.254.169.254/');
  await page.getByLabel('Description').fill('Shop');
  await page.getByText('An order was paid').click();
  await press('Create a webhook');
  await confirm(page, password);
  await page.locator('.field-error').first().waitFor();
  await page.getByLabel('URL').fill(receiver.url);
  await press('Create a webhook');
  await confirm(page, password);
  const secret = await shownSecret();

  receiver.answer = () => ({ status: 503, body: 'We are <b>closed</b>.' });
  await press('Send a test event to Shop');
  const events = page.getByRole('region', { name: 'Events of Shop' });
  await events.getByText('We are <b>closed</b>.').waitFor({ timeout: 20_000 });
  expect(newest(secret).type).toBe('webhook.test');
  receiver.answer = () => ({ status: 204 });
  await press('Send again: webhook.test');
  await events.getByText('Delivered').waitFor({ timeout: 20_000 });

  await ordered(customer, 'coffee', '1.00', 'PAID');
  await events.getByText('order.paid').waitFor({ timeout: 20_000 });
  const got = receiver.received.length;
  await press('Replay events to Shop');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Replay' }).click();
  await page.getByText('One event is sent again.').waitFor();
  await receiver.receives(got + 1);
  expect(newest(secret).type).toBe('order.paid');

  await press('Make a new secret for Shop');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make a new secret' }).click();
  await confirm(page, password);
  expect(await shownSecret()).not.toBe(secret);
  await page.getByText('The old secret signs until').waitFor();

  await press('Disable Shop');
  await confirm(page, password);
  await press('Enable Shop');
  await confirm(page, password);
  await press('Delete Shop');
  await confirm(page, password);
  await page.getByText('You have no webhook.').waitFor();
});
