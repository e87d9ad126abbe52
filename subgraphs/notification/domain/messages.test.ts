import { describe, expect, test } from '@jest/globals';
import { currencies } from '#platform/money/currency.ts';
import { type OrderEvent, orderMessage, transferMessage } from './messages.ts';

const order: OrderEvent = {
  orderId: '0190d5a8-7c1e-7b3a-9f52-0123456789ab',
  productId: 'coffee',
  quantity: 3,
  currency: 'USD',
  totalMinor: 3750n,
  outcome: 'PAID',
  rejectionReason: null,
  isHeld: false,
};

const transfer = {
  transactionId: '0190d5a8-7c1e-7b3a-9f52-ba9876543210',
  senderName: 'Grace',
  receivedMinor: 5n,
  currency: 'EUR',
  description: null,
} as const;

describe('the message about an order', () => {
  test('confirms a paid order', () => {
    expect(orderMessage(order, 'Ada')).toEqual({
      subject: 'Your order is paid: 3 × coffee',
      body: `Hello Ada,

Thank you for your order. It is paid: $37.50 for 3 × coffee, from your US dollar account.

Order 0190d5a8-7c1e-7b3a-9f52-0123456789ab`,
    });
  });

  test.each([
    ['INSUFFICIENT_FUNDS', 'not enough money in your US dollar account'],
    ['ACCOUNT_CLOSED', 'Your US dollar account is closed'],
    ['ACCOUNT_FROZEN', 'Your US dollar account is frozen'],
    ['NOT_PROCESSED', 'Something went wrong on our side'],
  ] as const)(
    'apologises for an order rejected for %s, and says that the customer paid nothing',
    (rejectionReason, why) => {
      const { subject, body } = orderMessage({ ...order, outcome: 'REJECTED', rejectionReason }, 'Ada');
      expect(subject).toBe('We could not take your order: 3 × coffee');
      expect(body).toMatch(/^Hello Ada,\n\nWe are sorry\. /);
      expect(body).toContain(why);
      expect(body).toContain('Nothing was taken from you.');
    },
  );

  test('names the refunded amount', () => {
    expect(orderMessage({ ...order, outcome: 'REFUNDED' }, 'Ada')).toMatchObject({
      subject: 'Your money is back: $37.50',
      body: expect.stringContaining('$37.50 is back in your US dollar account'),
    });
  });

  test('contains the texts of customers unchanged', () => {
    const { body } = orderMessage({ ...order, productId: '<b>"tea"</b> $& %s' }, '<i>Ada</i>');
    expect(body).toContain('Hello <i>Ada</i>,');
    expect(body).toContain('3 × <b>"tea"</b> $& %s');
  });
});

test('an amount has the console’s format: the currency’s symbol, grouped digits, and every minor unit', () => {
  const million = { ...order, totalMinor: 99_999_999_999_999_999n, outcome: 'REFUNDED' } as const;
  const subjects = currencies.map((currency) => orderMessage({ ...million, currency }, 'Ada').subject);
  expect(subjects).toEqual([
    'Your money is back: $999,999,999,999,999.99',
    'Your money is back: €999,999,999,999,999.99',
    'Your money is back: CN¥999,999,999,999,999.99',
  ]);
});

describe('the message about a transfer', () => {
  test('names the sender and the amount', () => {
    expect(transferMessage(transfer, 'Ada')).toEqual({
      subject: 'Grace has sent you €0.05',
      body: `Hello Ada,

Grace has sent you €0.05. The money is in your euro account.

Transfer 0190d5a8-7c1e-7b3a-9f52-ba9876543210`,
    });
  });

  test('contains the sender’s description', () => {
    expect(transferMessage({ ...transfer, description: 'for lunch' }, 'Ada').body).toContain(
      '\n\nGrace writes:\n> for lunch\n\n',
    );
  });
});
