import { sql } from 'kysely';
import { type BillingContext, createContext as createBillingContext } from '#billing/context.ts';
import { database as billing } from '#billing/database.ts';
import { closeAccounts } from '#billing/services/close-accounts.ts';
import { deposit } from '#billing/services/deposit.ts';
import { accountsOf } from '#billing/services/find-accounts.ts';
import { approveCorrection, declineCorrection } from '#billing/services/decide-correction.ts';
import { freezeCustomer, unfreezeCustomer } from '#billing/services/freeze-customer.ts';
import { depositForCustomer, withdrawForCustomer } from '#billing/services/fund-customer.ts';
import { moneyMover } from '#billing/services/move-money.ts';
import { cancelOrders } from '#billing/services/reject-orders.ts';
import { proposeCorrection } from '#billing/services/propose-correction.ts';
import { limitUnknownReceivers } from '#billing/services/unknown-receivers.ts';
import { transfer } from '#billing/services/transfer.ts';
import { withdraw } from '#billing/services/withdraw.ts';
import { dispatchesOf } from '#jobs/processor.ts';
import { decodePayload, encodePayload, type QueueContract } from '#jobs/queues/contract.ts';
import { routes, workers } from '#jobs/registry.ts';
import type { Services } from '#jobs/worker.ts';
import type { OneUrlEach } from './database.ts';
import { database as notification } from '#notification/database.ts';
import { createContext as createOrderContext, type OrderContext } from '#order/context.ts';
import { database as order } from '#order/database.ts';
import { cancelOrder } from '#order/services/cancel-order.ts';
import { placeOrder } from '#order/services/place-order.ts';
import { refundCustomerOrder } from '#order/services/refund-customer-order.ts';
import { refundOrder } from '#order/services/refund-order.ts';
import { giveShopConsent, withdrawShopConsent } from '#billing/services/change-shop-consents.ts';
import { orderingConsent } from '#billing/services/shop-consents.ts';
import { placeShopOrder } from '#order/services/place-shop-order.ts';
import { sealOrders } from '#order/services/seal-orders.ts';
import { actingIn } from '#platform/audit/acting.ts';
import { type Currency, forEachCurrency } from '#platform/money/currency.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { openDatabase } from '#platform/postgres/database.ts';
import type { Viewer } from '#platform/identity/identity.ts';
import type { JobKeys } from '#platform/messaging/job-keys.ts';
import type { WorkerGroup } from '#subgraphs/manifest.ts';
import { openOutbox } from '#subgraphs/outbox.ts';
import { claimDue } from '#platform/messaging/outbox-relay.ts';
import { isRefusal } from '#platform/errors/refusal.ts';
import { database as user } from '#user/database.ts';
import { emailKey } from '#user/domain/email.ts';
import { userChanged, userDeleted } from '#user/services/user-outbox.ts';
import { newKey, requestOf, someone, usd } from './factories.ts';
import { testJobKeys } from './job-keys.ts';
import { testSender } from './notification-database.ts';

/** Performs actions of customers directly in databases, without servers and a queue. */
export interface Customers extends Actions {
  readonly close: () => Promise<void>;
}

export async function openCustomers(urls: OneUrlEach): Promise<Customers> {
  const open = async (owner: keyof typeof definitions) =>
    await openDatabase(definitions[owner], { url: urls[owner], poolSize: 4, applicationName: 'test' });
  const [inUser, inBilling, inOrder, inNotification] = await Promise.all([
    open('user'),
    open('billing'),
    open('order'),
    open('notification'),
  ]);
  const services = {
    user: inUser.em.fork(),
    billing: inBilling.em.fork(),
    order: inOrder.em.fork(),
    notification: inNotification.em.fork(),
    mailer: null,
    mailBounds: { perRecipient: 1_000, perSender: 1_000 },
    publicUrl: 'http://localhost:4000',
    webhooks: testSender,
    provider: null,
    publishLive: () => undefined,
  };
  const close = async () => {
    for (const database of [inUser, inBilling, inOrder, inNotification]) await database.close();
  };
  return Object.assign(new Actions(services), { close });
}

const definitions = { user, billing, order, notification };

const [operator, colleague] = [someone('Olga'), someone('Oscar')];

/** Actions, each with all its effects. */
class Actions {
  readonly #services: Services;
  #finishing = Promise.resolve();

  constructor(services: Services) {
    this.#services = services;
  }

  async register(...people: readonly Viewer[]): Promise<void> {
    const users = people.map((person) => ({ ...person, version: 1, emailProvedAt: new Date() }));
    await this.#services.user.transactional(async (em) => {
      for (const { id, email, name, version } of users) {
        await sql`
          insert into users (id, email, email_key, name, password_hash, version)
          values (${id}, ${email}, ${emailKey(email)}, ${name}, 'none', ${version})
        `.execute(em.getKysely());
      }
      await this.#outbox('user').note(em, users.flatMap(userChanged));
    });
    await this.#finish();
  }

  async leave(person: Viewer): Promise<void> {
    made(await closeAccounts(this.#inBilling(person)));
    await this.#services.user.transactional(async (em) => {
      await sql`delete from users where id = ${person.id}`.execute(em.getKysely());
      await this.#outbox('user').note(em, userDeleted({ id: person.id, version: 1 }));
    });
    await this.#finish();
  }

  /** Closes accounts without a seal, as early versions did; later payments then find closed accounts. */
  async closeUnsealed(person: Viewer): Promise<void> {
    made(await closeAccounts({ ...this.#inBilling(person), sealOrders: async () => null }));
  }

  async deposit(person: Viewer, amount: string): Promise<void> {
    const accountId = await this.#account(person, 'USD');
    made(await deposit(this.#inBilling(person), { accountId, amount: usd(amount), idempotencyKey: newKey() }));
  }

  async withdraw(person: Viewer, amount: string): Promise<void> {
    const accountId = await this.#account(person, 'USD');
    made(await withdraw(this.#inBilling(person), { accountId, amount: usd(amount), idempotencyKey: newKey() }));
  }

  async transfer(from: Viewer, source: Currency, to: Viewer, target: Currency, amount: string): Promise<void> {
    const input = {
      fromAccountId: await this.#account(from, source),
      toAccountId: await this.#account(to, target),
      amount: usd(amount),
      description: 'Thank you',
      idempotencyKey: newKey(),
    };
    made(await transfer(this.#inBilling(from), input));
    await this.#finish();
  }

  async order(person: Viewer, amount: string): Promise<string> {
    const input = { productId: 'book', unitPrice: usd(amount), quantity: 1, idempotencyKey: newKey() };
    const { id } = made(await placeOrder(this.#inOrder(person), input));
    await this.#finish();
    return id;
  }

  /** @param amount of the refund; all that is left without one. */
  async refund(person: Viewer, orderId: string, amount?: string): Promise<void> {
    const part = amount === undefined ? null : { amount: usd(amount), reason: 'one piece was broken' };
    made(await refundOrder(this.#inOrder(person), { orderId, ...part, idempotencyKey: newKey() }));
    await this.#finish();
  }

  /** Billing decides the cancellation first. */
  async orderAndCancel(person: Viewer, amount: string): Promise<void> {
    const input = { productId: 'book', unitPrice: usd(amount), quantity: 1, idempotencyKey: newKey() };
    const order = made(await placeOrder(this.#inOrder(person), input));
    made(await cancelOrder(this.#inOrder(person), { orderId: order.id, idempotencyKey: newKey() }));
    await cancelOrders(this.#services.billing, [{ ...order, orderId: order.id }]);
    await this.#finish();
  }

  async fund(person: Viewer, amount: string): Promise<void> {
    const accountId = await this.#account(person, 'USD');
    const request = { accountId, amount: usd(amount), reason: 'paid at the desk', idempotencyKey: newKey() };
    made(await depositForCustomer(actingIn(this.#inBilling(operator)), request));
    made(await withdrawForCustomer(actingIn(this.#inBilling(operator)), { ...request, amount: usd('1.00') }));
  }

  /** Proposes a correction; a second operator approves or declines it, or leaves it. */
  async correct(person: Viewer, amount: string, isApproved?: boolean): Promise<void> {
    const content = { direction: 'CREDIT', amount: usd(amount), reference: 'case 12', reason: 'paid twice' } as const;
    const accountId = await this.#account(person, 'USD');
    const request = { ...content, accountId, idempotencyKey: newKey() };
    const { id: correctionId } = made(await proposeCorrection(actingIn(this.#inBilling(operator)), request));
    if (isApproved === undefined) return;
    const decide = isApproved ? approveCorrection : declineCorrection;
    made(await decide(actingIn(this.#inBilling(colleague)), { correctionId, reason: 'the receipt' }));
  }

  /** Lets a shop debit the customer, and returns the consent's id. */
  async allow(person: Viewer, shop: Viewer, orderLimit: string, monthLimit: string): Promise<string> {
    const limits = { orderLimit: usd(orderLimit), monthLimit: usd(monthLimit) };
    const request = { shopId: shop.client!.id, shopName: 'Book Shop', ...limits, idempotencyKey: newKey() };
    return made(await giveShopConsent(this.#inBilling(person), request)).id;
  }

  async orderAsShop(shop: Viewer, consentId: string, amount: string): Promise<string> {
    const id = await this.#placeAsShop(shop, consentId, amount);
    await this.#finish();
    return id;
  }

  /** The order is placed while the consent is in force, and decided after the customer has withdrawn it. */
  async orderAndWithdraw(person: Viewer, shop: Viewer, consentId: string): Promise<void> {
    await this.#placeAsShop(shop, consentId, '0.01');
    made(await withdrawShopConsent(this.#inBilling(person), { consentId }));
    await this.#finish();
  }

  async #placeAsShop(shop: Viewer, consentId: string, amount: string): Promise<string> {
    const ordered = { consentId, productId: 'book', unitPrice: usd(amount), quantity: 1, idempotencyKey: newKey() };
    return made(await placeShopOrder(this.#inOrder(shop), ordered)).id;
  }

  async refundAsStaff(orderId: string): Promise<void> {
    const request = { orderId, reason: 'a damaged parcel', idempotencyKey: newKey() };
    made(await refundCustomerOrder(actingIn(this.#inOrder(operator)), request));
    await this.#finish();
  }

  /** Freezes one account, or all accounts of a customer. */
  async freeze(person: Viewer, currency?: Currency): Promise<void> {
    await this.#changeFreeze(freezeCustomer, person, currency);
  }

  async unfreeze(person: Viewer, currency?: Currency): Promise<void> {
    await this.#changeFreeze(unfreezeCustomer, person, currency);
  }

  async #changeFreeze(change: typeof freezeCustomer, person: Viewer, currency?: Currency): Promise<void> {
    const accountId = currency === undefined ? null : await this.#account(person, currency);
    const request = { customerId: person.id, accountId, reason: 'a stolen phone' };
    made(await change(actingIn(this.#inBilling(operator)), request));
  }

  async #account(person: Viewer, currency: Currency): Promise<string> {
    const accounts = await accountsOf(this.#services.billing, person.id);
    return accounts.find((account) => account.currency === currency)!.id;
  }

  #inBilling(person: Viewer): BillingContext {
    const rates = forEachCurrency(({ rate }) => parseDecimal(rate)!);
    return createBillingContext(requestOf(person), this.#services.billing, {
      rates,
      quoteTtlS: 60,
      funding: 'open',
      correctionApprovalFromMinor: 10_000n,
      confirmTransfersFromMinor: 100_000n,
      moveMoney: moneyMover(this.#services.billing, this.#outbox('billing')),
      findParties: limitUnknownReceivers(20),
      sealOrders: async (_identity, closingId) => await sealOrders(this.#inOrder(person), { closingId }),
      findShop: async (_identity, id) => ({ id, name: 'Book Shop' }),
      outbox: this.#outbox('billing'),
    });
  }

  #inOrder(person: Viewer): OrderContext {
    return createOrderContext(requestOf(person), this.#services.order, {
      outbox: this.#outbox('order'),
      refundWithinDays: 90,
      findConsent: async (identity, id) => await orderingConsent({ ...this.#inBilling(person), identity }, { id }),
    });
  }

  #outbox(owner: 'user' | 'billing' | 'order') {
    return openOutbox(this.#services[owner], testJobKeys(owner));
  }

  /** Processes the rows of the outboxes to completion, one at a time. */
  async #finish(): Promise<void> {
    this.#finishing = this.#finishing.then(async () => await this.#work());
    await this.#finishing;
  }

  async #work(): Promise<void> {
    for (const owner of ['user', 'billing', 'order'] as const) {
      const policy = { batch: 200, inFlight: 200, firstRetryS: 60, longestRetryS: 60 };
      for (const { id, kind, payload, signatures } of await claimDue(this.#services[owner], policy)) {
        const queue = routes[owner][kind]!;
        await this.#run(queue, [queue.item.parse({ ...payload, outboxId: id, signatures })], null);
      }
    }
  }

  async #run(queue: QueueContract, items: readonly unknown[], sender: JobKeys<WorkerGroup> | null): Promise<void> {
    if (items.length === 0) return;
    const step = workers.find((one) => one.queue.name === queue.name)!;
    const keys = testJobKeys(queue.group);
    const job = decodePayload(step, encodePayload(queue, items, sender), keys);
    if (job.items.length < items.length) throw new Error(`a job of ${queue.name} is unsigned or malformed`);
    const outcome = await step.run(this.#services, job.items as readonly never[]);
    for (const next of dispatchesOf(step, outcome)) await this.#run(next.queue, next.items, keys);
  }
}

function made<Value extends object>(outcome: Value): Exclude<Value, { readonly refused: string }> {
  if (isRefusal(outcome)) throw new Error(outcome.message);
  return outcome as Exclude<Value, { readonly refused: string }>;
}
