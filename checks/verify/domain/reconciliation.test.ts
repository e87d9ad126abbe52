import { expect, test } from '@jest/globals';
import { differences, type OwnPayment, type ProvidersPayment } from './reconciliation.ts';

const own = (changes: Partial<OwnPayment> = {}): OwnPayment => ({
  id: 'one',
  state: 'COMPLETED',
  amount: '25.00',
  currency: 'USD',
  providerId: 'pay_1',
  ...changes,
});
const theirs = (changes: Partial<ProvidersPayment> = {}): ProvidersPayment => ({
  id: 'pay_1',
  reference: 'one',
  amount: '25.00',
  currency: 'USD',
  state: 'completed',
  ...changes,
});

test.each([
  ['nothing', [theirs()], [own()], []],
  ['nothing of one that neither has ended', [theirs({ state: 'pending' })], [own({ state: 'PENDING' })], []],
  ['an unknown payment', [theirs()], [], ['completed at the provider with 25.00 USD, but unknown here']],
  ['another amount', [theirs({ amount: '2.50' })], [own()], ['2.50 USD at the provider, but 25.00 USD here']],
  ['another state', [theirs({ state: 'failed' })], [own()], ['failed at the provider, but completed here']],
  ['a lost event', [theirs()], [own({ state: 'PENDING' })], ['completed at the provider, but pending here']],
  ['another payment', [theirs({ id: 'pay_2' })], [own()], ['pay_2 at the provider, but pay_1 here']],
  ['a payment twice', [theirs(), theirs()], [own()], ['in the file 2 times']],
  ['a missing payment', [], [own()], ['completed here with 25.00 USD, but not in the file']],
])('the comparison finds %s', (_name, file, wallet, found) => {
  expect(differences(file, wallet).map(({ what }) => what)).toEqual(found);
});
