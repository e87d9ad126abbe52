import { randomUUID } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { runFile } from '#test/command.ts';
import { createDatabases } from '#test/database.ts';
import { startSandbox } from '../../tools/sandbox-provider/server.ts';

test('npm run reconcile prints what the provider has and the wallet has not, and exits with 1', async () => {
  const databases = await createDatabases('billing');
  const apiKey = 'a-key-for-the-sandbox';
  const sandbox = await startSandbox({ port: 0, apiKey, secret: '', eventsUrl: null });
  const settings = {
    ...Object.fromEntries(
      ['USER', 'BILLING', 'ORDER', 'NOTIFICATION'].map((name) => [
        `VERIFY_${name}_DATABASE_URL`,
        databases.verifierUrls.billing,
      ]),
    ),
    PROVIDER_URL: sandbox.url,
    PROVIDER_API_KEY: apiKey,
  };
  const today = new Date().toISOString().slice(0, 10);
  const reconcile = async (...words: string[]) => {
    const command = runFile('checks/verify/reconcile.ts', settings, undefined, words);
    return { exit: await command.exit, output: command.output() };
  };
  try {
    expect(await reconcile(today)).toEqual({ exit: 0, output: 'Payments in the file: 0. Differences: 0.\n' });
    const [known, unknown] = [randomUUID(), randomUUID()];
    for (const reference of [known, unknown]) {
      await fetch(`${sandbox.url}/payments`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}` },
        body: JSON.stringify({ reference, amount: '25.00', currency: 'USD' }),
      });
    }
    await databases.asOwner(
      'billing',
      `insert into provider_payments (id, customer_id, account_id, amount_minor, currency)
       values ($1, gen_random_uuid(), gen_random_uuid(), 2500, 'USD')`,
      [known],
    );
    expect(await reconcile(today)).toEqual({
      exit: 1,
      output:
        `${unknown}: pending at the provider with 25.00 USD, but unknown here\n` +
        'Payments in the file: 2. Differences: 1.\n',
    });
    expect(await reconcile('/nowhere')).toMatchObject({
      exit: 1,
      output: expect.stringMatching(/^There is no such file/),
    });
    expect(await reconcile()).toMatchObject({ exit: 1, output: expect.stringMatching(/^reconcile </) });
  } finally {
    await sandbox.close();
    await databases.drop();
  }
});
