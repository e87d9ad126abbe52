import type { Customers } from './acting-customers.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import { someone, someShop } from './factories.ts';

/**
 * Performs every kind of action to completion: deposits, withdrawals, transfers with a fee,
 * with a conversion and without, orders paid, rejected, cancelled and refunded in whole and in parts, a deleted customer, and a customer whose refund
 * arrives after the account was closed; customers and accounts that are frozen, some of them again released.
 */
export async function liveThrough(customers: Customers): Promise<void> {
  const [ada, bob, eve, dan, cleo] = [someone('Ada'), someone('Bob'), someone('Eve'), someone('Dan'), someone('Cleo')];
  await customers.register(ada, bob, eve, dan, cleo);
  await customers.deposit(ada, '250.00');
  await customers.withdraw(ada, '5.00');
  await customers.transfer(ada, 'USD', bob, 'EUR', '10.00');
  await customers.transfer(ada, 'USD', bob, 'USD', '3.00');
  await customers.transfer(ada, 'USD', ada, 'CNY', '7.00');
  await customers.order(ada, '20.00');
  await customers.order(ada, '1000.00');
  const refunded = await customers.order(ada, '30.00');
  await customers.fund(ada, '6.00');
  await customers.correct(ada, '5.00');
  await customers.correct(bob, '2000.00', true);
  await customers.correct(bob, '3000.00', false);
  await customers.correct(ada, '4000.00');
  await customers.refundAsStaff(await customers.order(ada, '12.00'));
  await customers.order(bob, '11.00');
  await customers.order(eve, '100.00');
  await customers.refund(ada, refunded);
  const inParts = await customers.order(ada, '9.00');
  await customers.refund(ada, inParts, '2.00');
  await customers.refund(ada, inParts, '3.00');
  await customers.refund(ada, inParts);
  await customers.refund(ada, await customers.order(ada, '8.00'), '1.00');
  await customers.orderAndCancel(ada, '5.00');
  await customers.order(ada, '40.00');
  await customers.leave(eve);
  const late = await customers.order(dan, '100.00');
  await customers.closeUnsealed(dan);
  await customers.refund(dan, late);
  await customers.order(dan, '1.00');
  await customers.freeze(bob);
  await customers.order(bob, '1.00');
  await customers.unfreeze(bob);
  await customers.freeze(bob, 'EUR');
  await customers.freeze(ada, 'CNY');
  await customers.unfreeze(ada, 'CNY');
  await customers.freeze(cleo);
  await shop(customers, ada);
}

/** Orders of a shop: paid, refunded, beyond both limits, and decided after the customer has withdrawn the consent. */
async function shop(customers: Customers, ada: Viewer): Promise<void> {
  const [bookShop, toyShop] = [someShop(), someShop()];
  const consent = await customers.allow(ada, bookShop, '9.00', '12.00');
  await customers.allow(ada, toyShop, '3.00', '30.00');
  await customers.orderAsShop(bookShop, consent, '8.00');
  await customers.orderAsShop(bookShop, consent, '9.50');
  await customers.orderAsShop(bookShop, consent, '4.50');
  await customers.refund(ada, await customers.orderAsShop(bookShop, consent, '4.00'));
  await customers.orderAndWithdraw(ada, bookShop, consent);
}
