import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AccountRow } from '#billing/entities/account.ts';
import { newKey, someone } from '#test/factories.ts';
import { useTestLedger } from '#test/use-ledger.ts';
import { deposit } from './deposit.ts';
import { freezeAccounts, unfreezeAccounts } from './freeze-accounts.ts';
import { transfer } from './transfer.ts';
import { withdraw } from './withdraw.ts';

const ledger = await useTestLedger();

describe('any sequence of money mutations', () => {
  const modelled = ['USD', 'EUR', 'CNY'] as const;
  const step = fc.record({
    act: fc.constantFrom('deposit', 'withdraw', 'transfer', 'freeze', 'unfreeze'),
    from: fc.nat(2),
    to: fc.nat(2),
    fromCurrency: fc.constantFrom(...modelled),
    toCurrency: fc.constantFrom(...modelled),
    minor: fc.bigInt({ min: 1n, max: 20_000n }),
  });

  test('leaves the balances of a simple model', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const people = [someone(), someone('Bob'), someone('Cleo')];
        const model = people.map(() => ({ USD: 10_000n, EUR: 0n, CNY: 0n }));
        const frozen = people.map(() => new Set<Modelled>());
        for (const { act, from, to, fromCurrency, toCurrency, minor } of steps) {
          const account = await ledger.account(people[from]!, fromCurrency);
          const amount = { amount: { unscaled: minor, scale: 2 }, currency: fromCurrency };
          const context = ledger.as(people[from]!);
          const own = { accountId: account.id, amount, idempotencyKey: newKey() };
          if (act === 'freeze') await changeFreeze(freezeAccounts, account);
          if (act === 'unfreeze') await changeFreeze(unfreezeAccounts, account);
          if (act === 'deposit') await deposit(context, own);
          if (act === 'withdraw') await withdraw(context, own);
          if (act === 'transfer') {
            const { id: toAccountId } = await ledger.account(people[to]!, toCurrency);
            await transfer(context, { fromAccountId: account.id, toAccountId, amount, idempotencyKey: newKey() });
          }
          apply(model, frozen, { act, from, to, fromCurrency, toCurrency, minor });
        }
        expect(await Promise.all(people.map((person) => ledger.balances(person)))).toMatchObject(model);
      }),
      { numRuns: 30 },
    );
  });

  type Modelled = (typeof modelled)[number];
  type Step = { act: string; from: number; to: number; fromCurrency: Modelled; toCurrency: Modelled; minor: bigint };

  async function changeFreeze(change: typeof freezeAccounts | typeof unfreezeAccounts, account: AccountRow) {
    const { id: accountId, customerId } = account;
    const act = { staffId: someone().id, reason: 'a property' };
    await ledger.orm.em.fork().transactional(async (em) => await change(em, { customerId, accountId }, act));
  }

  /** The model: the rules of money in their simplest form. */
  function apply(model: Record<Modelled, bigint>[], frozen: Set<Modelled>[], step: Step): void {
    const { act, from, to, fromCurrency, toCurrency, minor } = step;
    const perUsd = { USD: 100n, EUR: 90n, CNY: 694n };
    const source = model[from]!;
    if (act === 'freeze') frozen[from]!.add(fromCurrency);
    if (act === 'unfreeze') frozen[from]!.delete(fromCurrency);
    if (frozen[from]!.has(fromCurrency)) return;
    if (act === 'transfer' && frozen[to]!.has(toCurrency)) return;
    if (act === 'deposit') source[fromCurrency] += minor;
    if (act === 'withdraw' && source[fromCurrency] >= minor) source[fromCurrency] -= minor;
    if (act !== 'transfer' || (from === to && fromCurrency === toCurrency)) return;
    const total = from === to ? minor : minor + (minor % 100n === 0n ? minor / 100n : minor / 100n + 1n);
    const arrives = (minor * perUsd[toCurrency]) / perUsd[fromCurrency];
    if (arrives === 0n || source[fromCurrency] < total) return;
    source[fromCurrency] -= total;
    model[to]![toCurrency] += arrives;
  }
});
