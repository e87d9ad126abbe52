import { after, type Chain, from, scheduled } from './chain.ts';
import { closeBillingOutboxWorker, closeOrderOutboxWorker, closeUserOutboxWorker } from './workers/close-outbox.ts';
import { createPaymentsWorker } from './workers/create-payments.ts';
import { deliverWebhooksWorker } from './workers/deliver-webhooks.ts';
import { keepContactsWorker } from './workers/keep-contacts.ts';
import { liftSealsWorker } from './workers/lift-seals.ts';
import { notifyOfOrdersWorker } from './workers/notify-of-orders.ts';
import { notifyOfTransfersWorker } from './workers/notify-of-transfers.ts';
import { openAccountsWorker } from './workers/open-accounts.ts';
import { openExportsWorker } from './workers/open-exports.ts';
import { recordOutcomesWorker } from './workers/record-outcomes.ts';
import { refundOrdersWorker } from './workers/refund-orders.ts';
import { resendMessagesWorker } from './workers/resend-messages.ts';
import { sendAccountMailsWorker } from './workers/send-account-mails.ts';
import { sendMessagesWorker } from './workers/send-messages.ts';
import { cancelOrdersWorker, settleOrdersWorker } from './workers/settle-orders.ts';

/**
 * Every chain of jobs: the kind of outbox row that begins it, the workers in their order, and the worker that closes the
 * row. The queues, the relay's routes, the rights in Redis, the signers of jobs and the AsyncAPI document are derived
 * from this list.
 */
export const chains: readonly Chain[] = [
  // Orders.
  from('order-placed')
    .to(settleOrdersWorker)
    .to(recordOutcomesWorker)
    .to(notifyOfOrdersWorker)
    .closing(closeOrderOutboxWorker),
  // Cancellations.
  from('order-cancel')
    .to(cancelOrdersWorker)
    .to(recordOutcomesWorker)
    .to(notifyOfOrdersWorker)
    .closing(closeOrderOutboxWorker),
  // Refunds.
  from('order-refund')
    .to(refundOrdersWorker)
    .to(recordOutcomesWorker)
    .to(notifyOfOrdersWorker)
    .closing(closeOrderOutboxWorker),
  // Transfers to another customer.
  from('transfer-sent').to(notifyOfTransfersWorker).closing(closeBillingOutboxWorker),
  // Deposits through the payment provider.
  from('payment-started').to(createPaymentsWorker).closing(closeBillingOutboxWorker),
  // Users who registered, changed or were deleted.
  from('user-changed').to(openAccountsWorker).closing(closeUserOutboxWorker),
  from('contact-changed').to(keepContactsWorker).closing(closeUserOutboxWorker),
  // Archives of a customer's data.
  from('export-requested').to(openExportsWorker).closing(closeUserOutboxWorker),
  // Closings of accounts that were not finished.
  from('closing-begun').to(liftSealsWorker).closing(closeBillingOutboxWorker),
  // Messages about accounts.
  from('account-mail-written').to(sendAccountMailsWorker).closing(closeUserOutboxWorker),
  // Notifications that an operator sends again.
  from('message-resend-requested').to(resendMessagesWorker).closing(closeUserOutboxWorker),
  // Webhooks, and email about those that are disabled.
  scheduled(deliverWebhooksWorker).to(sendMessagesWorker),
  // Email about orders and transfers.
  after(notifyOfOrdersWorker).to(sendMessagesWorker),
  after(notifyOfTransfersWorker).to(sendMessagesWorker),
];
