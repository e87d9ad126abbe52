import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHttp } from '#platform/http/http.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { createLog } from '#platform/telemetry/log.ts';
import type { PaymentProvider } from '#billing/provider/port.ts';
import { sandboxEvents, sandboxProvider } from '#billing/provider/sandbox.ts';
import { serveProviderEvents } from '#billing/routes.ts';
import { newKey, someone, usd } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { type Sandbox, startSandbox } from '../../../tools/sandbox-provider/server.ts';
import { applyReport } from './apply-report.ts';
import { askProvider } from './ask-provider.ts';
import { closeAccounts } from './close-accounts.ts';
import { createPayment } from './create-payments.ts';
import { freezeAccounts, unfreezeAccounts } from './freeze-accounts.ts';
import { listPayments } from './list-payments.ts';
import { findPayment, startDeposit } from './start-deposit.ts';
import { withdraw } from './withdraw.ts';

/** Deposits through a provider that is a server of its own: it lies, repeats itself, and says nothing. */

const ledger = await useTestLedger();
const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const log = createLog('test', 'silent');
const http = createHttp({ log, bodyLimit: 1_000 });
let sandbox: Sandbox;
let provider: PaymentProvider;

beforeAll(async () => {
  serveProviderEvents(http, ledger.orm.em, sandboxEvents(secret), log);
  const origin = await http.listen({ host: '127.0.0.1', port: 0 });
  sandbox = await startSandbox({ port: 0, apiKey: 'key', secret, eventsUrl: `${origin}/provider/events` });
  provider = sandboxProvider({ url: sandbox.url, apiKey: 'key' });
});
afterAll(async () => {
  await sandbox.close();
  await http.close();
});

const em = () => ledger.orm.em.fork();
const as = (viewer: Viewer) => ({ ...ledger.as(viewer), funding: 'provider' as const });
const balance = async (viewer: Viewer) => (await ledger.balances(viewer)).USD;

async function start(viewer: Viewer, amount = '25.00', idempotencyKey = newKey()) {
  const { id: accountId } = await ledger.account(viewer, 'USD');
  return await startDeposit(as(viewer), { accountId, amount: usd(amount), idempotencyKey });
}

/** The id of a deposit that the provider knows. */
async function started(viewer: Viewer, amount?: string): Promise<string> {
  const deposit = await start(viewer, amount);
  if (isRefusal(deposit)) throw new Error(deposit.message);
  await createPayment(em(), provider, deposit.id);
  return deposit.id;
}

const payment = async (id: string) => (await findPayment(em(), id))!;

/** A payment that was asked about long ago. */
async function ask(id: string): Promise<void> {
  await ledger.asOwner(`update provider_payments set asked_at = now() - interval '1 hour' where id = $1`, [id]);
  while ((await askProvider(em(), provider, 1_800)) > 0);
}

describe('a deposit through the provider', () => {
  test('moves money once, however often and in how many ways the provider says so', async () => {
    const ada = someone();
    const key = newKey();
    const deposit = await start(ada, '25.00', key);
    if (isRefusal(deposit)) throw new Error(deposit.message);
    const before = await balance(ada);
    await createPayment(em(), provider, deposit.id);
    // As when the worker was killed after the provider had answered.
    await createPayment(em(), provider, deposit.id);
    expect(await payment(deposit.id)).toMatchObject({
      state: 'PENDING',
      providerId: sandbox.payments.get(deposit.id)!.id,
      payUrl: `${sandbox.url}/pay/${deposit.id}`,
    });
    expect(await balance(ada)).toBe(before);

    sandbox.end(deposit.id, 'completed');
    const report = (await provider.findPayment(deposit.id))!;
    const said = [1, 2, 3].flatMap(() => [
      async () => void (await sandbox.post(deposit.id)),
      async () => void (await applyReport(em(), report)),
    ]);
    await Promise.all(said.map(async (say) => await say()));
    expect(await sandbox.post(deposit.id)).toBe(204);
    expect(await balance(ada)).toBe(before + 2_500n);
    expect(await payment(deposit.id)).toMatchObject({ state: 'COMPLETED', problem: null });
    expect(await start(ada, '25.00', key)).toMatchObject({ id: deposit.id, state: 'COMPLETED', repeated: true });
    expect((await listPayments(em(), ada.id, { first: 10 })).nodes).toHaveLength(1);
  });

  test('fails where the provider says so, and a later word of it moves nothing', async () => {
    const ada = someone();
    const id = await started(ada);
    const before = await balance(ada);
    sandbox.end(id, 'failed');
    expect(await sandbox.post(id)).toBe(204);
    expect(await payment(id)).toMatchObject({ state: 'FAILED', failure: 'CARD_DECLINED' });
    expect(await sandbox.post(id, { state: 'completed' })).toBe(204);
    expect(await balance(ada)).toBe(before);
    expect(await payment(id)).toMatchObject({ state: 'FAILED' });
  });

  test('is completed although its event was lost, or came before the answer of the provider', async () => {
    const ada = someone();
    const silent = await started(ada);
    const early = await start(ada, '5.00');
    if (isRefusal(early)) throw new Error(early.message);
    const before = await balance(ada);
    sandbox.end(silent, 'completed');
    await ask(silent);
    expect(await balance(ada)).toBe(before + 2_500n);

    await provider.createPayment({ reference: early.id, amountMinor: 500n, currency: 'USD' });
    sandbox.end(early.id, 'completed');
    expect(await sandbox.post(early.id)).toBe(204);
    await createPayment(em(), provider, early.id);
    expect(await balance(ada)).toBe(before + 3_000n);
  });

  test('waits while the provider does not answer or the account is frozen', async () => {
    const ada = someone();
    const deposit = await start(ada);
    if (isRefusal(deposit)) throw new Error(deposit.message);
    await expect(
      createPayment(em(), sandboxProvider({ url: 'http://127.0.0.1:1', apiKey: 'key' }), deposit.id),
    ).rejects.toThrow('ECONNREFUSED');
    await createPayment(em(), provider, deposit.id);
    const before = await balance(ada);
    const target = { customerId: ada.id, accountId: null };
    const staff = { staffId: null, reason: 'a stolen phone' };
    await em().transactional(async (transaction) => await freezeAccounts(transaction, target, staff));
    sandbox.end(deposit.id, 'completed');
    expect(await sandbox.post(deposit.id)).toBe(503);
    expect(await payment(deposit.id)).toMatchObject({ state: 'PENDING', problem: 'ACCOUNT_CANNOT_RECEIVE' });
    await em().transactional(async (transaction) => await unfreezeAccounts(transaction, target, staff));
    await ask(deposit.id);
    expect(await balance(ada)).toBe(before + 2_500n);
  });

  test('keeps the accounts open, and ten of them are enough', async () => {
    const ada = someone();
    await ledger.account(ada, 'USD');
    for (let index = 0; index < 10; index += 1) await started(ada, '1.00');
    expect(await start(ada)).toMatchObject({ refused: 'TOO_MANY_PENDING_DEPOSITS' });
    const { id: accountId } = await ledger.account(ada, 'USD');
    await withdraw(ledger.as(ada), { accountId, amount: usd('100.00'), idempotencyKey: newKey() });
    expect(await closeAccounts(ledger.as(ada))).toMatchObject({ refused: 'PAYMENTS_UNDER_WAY' });
  });

  test('is refused without a provider', async () => {
    const ada = someone();
    const { id: accountId } = await ledger.account(ada, 'USD');
    const input = { accountId, amount: usd('1.00'), idempotencyKey: newKey() };
    expect(await startDeposit(ledger.as(ada), input)).toMatchObject({ refused: 'FUNDING_CLOSED' });
  });
});

describe('a lie of the provider, or of someone in its name,', () => {
  test.each([
    ['another key', { secret: `whsec_${Buffer.alloc(32, 8).toString('base64')}` }, 401, null],
    ['an old time', { timestamp: new Date(Date.now() - 600_000) }, 401, null],
    ['another amount', { amount: '2500.00' }, 204, 'AMOUNT_DIFFERS'],
    ['a malformed amount', { amount: '25.001' }, 401, null],
    ['another payment', { reference: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1' }, 404, null],
  ])('moves no money: %s', async (_lie, lies, status, problem) => {
    const ada = someone();
    const id = await started(ada);
    const before = await balance(ada);
    sandbox.end(id, 'completed');
    expect(await sandbox.post(id, lies)).toBe(status);
    expect(await payment(id)).toMatchObject({ state: 'PENDING', problem });
    expect(await balance(ada)).toBe(before);
    // The truth is still accepted.
    expect(await sandbox.post(id)).toBe(204);
    expect(await balance(ada)).toBe(before + 2_500n);
  });

  test.each([
    [`update provider_payments set state = 'COMPLETED', ended_at = now()`, 'exactly a completed payment'],
    [`update provider_payments set amount_minor = 1`, 'a payment can only end, once'],
    ['delete from provider_payments', 'provider_payments are never deleted'],
  ])('by a statement is refused: %s', async (statement, message) => {
    const id = await started(someone());
    const where = statement.startsWith('delete') ? '' : ` where id = '${id}'`;
    await expect(ledger.asOwner(`${statement}${where}`)).rejects.toThrow(message);
  });
});
