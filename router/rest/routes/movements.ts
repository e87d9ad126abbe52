import { quote, transaction, userErrors } from '../fragments.ts';
import { keyed, type Route } from '../route.ts';

const ofAccounts = ['INVALID_AMOUNT', 'CURRENCY_MISMATCH', 'NOT_FOUND', 'ACCOUNT_CLOSED', 'ACCOUNT_FROZEN'];
const ofTransfers = [
  ...ofAccounts,
  'INSUFFICIENT_FUNDS',
  'SAME_ACCOUNT',
  'RECEIVER_UNAVAILABLE',
  'TOO_MANY_UNKNOWN_RECEIVERS',
];

const made = { kind: 'made', location: '/transactions/{id}' } as const;
const result = ['payload', 'transaction'];
const payload = `repeated transaction { ...Transaction } ${userErrors}`;

export const movements: readonly Route[] = [
  {
    method: 'POST',
    path: '/deposits',
    tag: 'Movements of money',
    summary: 'Deposit money on an account.',
    document: `mutation RestDeposit($accountId: ID!, $amount: MoneyInput!, $idempotencyKey: ID!) {
  payload: deposit(input: { accountId: $accountId, amount: $amount, idempotencyKey: $idempotencyKey }) { ${payload} }
}
${transaction}`,
    result,
    answer: made,
    refusals: [...ofAccounts, ...keyed, 'FUNDING_CLOSED'],
  },
  {
    method: 'POST',
    path: '/withdrawals',
    tag: 'Movements of money',
    summary: 'Withdraw money from an account.',
    document: `mutation RestWithdraw($accountId: ID!, $amount: MoneyInput!, $idempotencyKey: ID!) {
  payload: withdraw(input: { accountId: $accountId, amount: $amount, idempotencyKey: $idempotencyKey }) { ${payload} }
}
${transaction}`,
    result,
    answer: made,
    refusals: [...ofAccounts, ...keyed, 'INSUFFICIENT_FUNDS', 'FUNDING_CLOSED'],
  },
  {
    method: 'POST',
    path: '/quotes',
    tag: 'Movements of money',
    summary:
      'Quote a transfer: its fee, its rate and what arrives. The quote holds for a short time, and moves no money.',
    document: `mutation RestQuote($fromAccountId: ID!, $toAccountId: ID!, $amount: MoneyInput!, $isReceivedAmount: Boolean) {
  payload: quoteTransfer(
    input: {
      fromAccountId: $fromAccountId, toAccountId: $toAccountId, amount: $amount, isReceivedAmount: $isReceivedAmount
    }
  ) {
    quote { ...Quote } ${userErrors}
  }
}
${quote}`,
    result: ['payload', 'quote'],
    answer: { kind: 'changed' },
    refusals: ofTransfers,
  },
  {
    method: 'POST',
    path: '/transfers',
    tag: 'Movements of money',
    summary: 'Transfer money from an account to any account, with the terms of a quote if `quoteId` is sent.',
    document: `mutation RestTransfer(
  $fromAccountId: ID!, $toAccountId: ID!, $amount: MoneyInput!, $quoteId: ID, $description: String
  $confirmation: String, $idempotencyKey: ID!
) {
  payload: transfer(
    input: {
      fromAccountId: $fromAccountId, toAccountId: $toAccountId, amount: $amount, quoteId: $quoteId
      description: $description, confirmation: $confirmation, idempotencyKey: $idempotencyKey
    }
  ) { ${payload} }
}
${transaction}`,
    result,
    answer: made,
    refusals: [...ofTransfers, ...keyed, 'QUOTE_EXPIRED', 'CONFIRMATION_REQUIRED'],
  },
];
