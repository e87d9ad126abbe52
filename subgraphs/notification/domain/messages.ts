import { quoted } from '#platform/mail/inert.ts';
import { maskedText } from '#platform/identity/masking.ts';
import { unprintable } from '#platform/validation/characters.ts';
import { type Currency, currencyNames } from '#platform/money/currency.ts';
import type { Outcome, RefusedRefund, RejectionReason } from '#platform/orders/lifecycle.ts';
import { displayMoney } from '#platform/money/money.ts';
import type { DisabledReason } from './webhook-statuses.ts';

/** A message to a customer, as plain text. A client that shows it as HTML must escape it. */
export interface Message {
  readonly subject: string;
  readonly body: string;
}

export const notificationKinds = [
  'ORDER_PAID',
  'ORDER_REJECTED',
  'ORDER_CANCELLED',
  'ORDER_REFUNDED',
  'TRANSFER_RECEIVED',
  'WEBHOOK_DISABLED',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** The subjects of emails. They have fixed words only: no customer's words, such as a name or a product. */
export const emailSubjects: Readonly<Record<NotificationKind, string>> = {
  ORDER_PAID: 'Your order is paid',
  ORDER_REJECTED: 'We could not take your order',
  ORDER_CANCELLED: 'Your order is cancelled',
  ORDER_REFUNDED: 'Your order was refunded',
  TRANSFER_RECEIVED: 'You have received money',
  WEBHOOK_DISABLED: 'Your webhook was disabled',
};

/** An outcome of an order, with the content of the order. */
export interface OrderEvent {
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly currency: Currency;
  readonly totalMinor: bigint;
  readonly outcome: Exclude<Outcome, RefusedRefund>;
  /** Null unless the order was rejected. */
  readonly rejectionReason: RejectionReason | null;
  /** Whether the account of a refund is closed, so that the money is held for the customer. */
  readonly isHeld: boolean;
  /** The shop that placed the order, its owner, and the customer's consent. Null or absent where the customer placed it. */
  readonly shopId?: string | null | undefined;
  readonly shopName?: string | null | undefined;
  readonly shopOwnerId?: string | null | undefined;
  readonly consentId?: string | null | undefined;
  /** The amount of a refund. Absent, as is the number, for a refund of a release that refunded only whole orders. */
  readonly refundMinor?: bigint | undefined;
  /** The position of a refund among those of the order, from 1. */
  readonly refundNumber?: number | undefined;
}

/** A transfer that another customer sent to the customer. */
export interface TransferEvent {
  readonly transactionId: string;
  /** The sender's name; null for a customer who was deleted. */
  readonly senderName: string | null;
  readonly receivedMinor: bigint;
  readonly currency: Currency;
  readonly description: string | null;
}

export const orderKinds = {
  PAID: 'ORDER_PAID',
  REJECTED: 'ORDER_REJECTED',
  CANCELLED: 'ORDER_CANCELLED',
  REFUNDED: 'ORDER_REFUNDED',
  PARTIALLY_REFUNDED: 'ORDER_REFUNDED',
} as const satisfies Record<OrderEvent['outcome'], NotificationKind>;

/** @param name the customer's name in their profile. */
export function orderMessage(event: OrderEvent, name: string): Message {
  const { subject, paragraphs } = orderTexts[event.outcome](event);
  return { subject, body: letter(name, [...paragraphs, ...shopParagraphs(event)], `Order ${event.orderId}`) };
}

export function transferMessage(event: TransferEvent, name: string): Message {
  const { description, transactionId } = event;
  const senderName = event.senderName?.replaceAll(unprintable, ' ') ?? 'A former customer';
  const amount = displayMoney({ minor: event.receivedMinor, currency: event.currency });
  const paragraphs = [
    `${senderName} has sent you ${amount}. The money is in your ${currencyNames[event.currency]} account.`,
    ...(description === null ? [] : [`${senderName} writes:\n${quoted(description)}`]),
  ];
  return {
    subject: `${senderName} has sent you ${amount}`,
    body: letter(name, paragraphs, `Transfer ${transactionId}`),
  };
}

/** The message about an endpoint that gets no more events. URLs can hold secrets, so it names only the host. */
export function endpointMessage(
  { url, description }: { readonly url: string; readonly description: string },
  reason: DisabledReason,
  name: string,
): Message {
  const { host } = new URL(url);
  const cause =
    reason === 'GONE' ? 'It answered that it is gone (HTTP status 410).' : 'It has accepted no event for three days.';
  return {
    subject: emailSubjects.WEBHOOK_DISABLED,
    body: letter(
      name,
      [
        `We send no more events to ${description === '' ? 'your webhook' : `your webhook “${description}”`} at ${host}. ${cause}`,
        'Repair the receiver, then enable the webhook through the API (updateWebhookEndpoint). To send the missed events again, use replayWebhooks.',
      ],
      'Webhooks',
    ),
  };
}

/** A message as staff see it who may not see the names and the words of other customers. */
export function maskedMessage({ kind, subject, body }: Message & { readonly kind: NotificationKind }): Message {
  return kind === 'TRANSFER_RECEIVED' ? { subject: emailSubjects[kind], body: maskedText } : { subject, body };
}

interface Texts {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

const orderTexts: Readonly<Record<OrderEvent['outcome'], (event: OrderEvent) => Texts>> = {
  PAID: (event) => ({
    subject: `Your order is paid: ${goodsOf(event)}`,
    paragraphs: [
      `Thank you for your order. It is paid: ${totalOf(event)} for ${goodsOf(event)}, from your ${currencyNames[event.currency]} account.`,
    ],
  }),
  REJECTED: (event) => ({
    subject: `We could not take your order: ${goodsOf(event)}`,
    paragraphs: [`We are sorry. ${whyRejected(event)} Nothing was taken from you.`],
  }),
  CANCELLED: (event) => ({
    subject: `Your order is cancelled: ${goodsOf(event)}`,
    paragraphs: [`You cancelled your order of ${goodsOf(event)} before it was paid. Nothing was taken from you.`],
  }),
  REFUNDED: (event) => refundTexts(event, 'your order'),
  PARTIALLY_REFUNDED: (event) => refundTexts(event, 'a part of your order'),
};

/** A shop's name is its owner's words: the id next to it is unique. */
function shopParagraphs({ shopId, shopName }: OrderEvent): string[] {
  if (shopId == null) return [];
  return [
    `The shop “${shopName}” (${shopId}) placed this order with your consent. You can withdraw the consent in your wallet, under Settings.`,
  ];
}

/** Why the customer's consent did not allow the order of a shop. */
const whyNotAllowed: Partial<Readonly<Record<RejectionReason, string>>> = {
  CONSENT_MISSING: 'you have not authorised the shop',
  CONSENT_WITHDRAWN: 'you have withdrawn your consent',
  CONSENT_EXPIRED: 'your consent has ended',
  ORDER_LIMIT_EXCEEDED: 'the total is more than you allow for an order',
  MONTH_LIMIT_EXCEEDED: 'with it, the shop would have debited more than you allow in a month',
};

function refundTexts(event: OrderEvent, what: string): Texts {
  const { currency, refundMinor = event.totalMinor } = event;
  const amount = displayMoney({ minor: refundMinor, currency });
  return event.isHeld
    ? {
        subject: `We hold your money: ${amount}`,
        paragraphs: [
          `We have refunded ${what} of ${goodsOf(event)}, but your ${currencyNames[currency]} account is closed. ` +
            `We hold ${amount} for you. Write to us to have it paid out.`,
        ],
      }
    : {
        subject: `Your money is back: ${amount}`,
        paragraphs: [
          `We have refunded ${what} of ${goodsOf(event)}: ${amount} is back in your ${currencyNames[currency]} account.`,
        ],
      };
}

function whyRejected(event: OrderEvent): string {
  const { currency, rejectionReason } = event;
  const account = currencyNames[currency];
  const notAllowed = rejectionReason === null ? undefined : whyNotAllowed[rejectionReason];
  if (notAllowed !== undefined) {
    return `The order of ${goodsOf(event)}, which costs ${totalOf(event)}, could not be paid, because ${notAllowed}.`;
  }
  if (rejectionReason === 'INSUFFICIENT_FUNDS') {
    return (
      `There was not enough money in your ${account} account for ${goodsOf(event)}, which costs ${totalOf(event)}. ` +
      'Add money to the account, then order again.'
    );
  }
  if (rejectionReason === 'ACCOUNT_CLOSED') {
    return `Your ${account} account is closed, so your order of ${goodsOf(event)} could not be paid.`;
  }
  if (rejectionReason === 'ACCOUNT_FROZEN') {
    return (
      `Your ${account} account is frozen, so your order of ${goodsOf(event)} could not be paid. ` +
      'Write to us to have the account released.'
    );
  }
  return `Something went wrong on our side, and we could not process your order of ${goodsOf(event)}. Please order again.`;
}

function letter(name: string, paragraphs: readonly string[], reference: string): string {
  return [`Hello ${name},`, ...paragraphs, reference].join('\n\n');
}

function goodsOf({ quantity, productId }: OrderEvent): string {
  return `${quantity} × ${productId}`;
}

function totalOf({ totalMinor, currency }: OrderEvent): string {
  return displayMoney({ minor: totalMinor, currency });
}
