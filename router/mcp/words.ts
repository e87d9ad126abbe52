import { z } from 'zod';
import { isRefusal } from '#platform/errors/refusal.ts';
import { currencies, minorDigits, type Money } from '#platform/money/currency.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { displayMoney, parseAmount } from '#platform/money/money.ts';
import type { SignedQuote } from './signed-texts.ts';

/** What a tool would do, in a sentence with the amounts. */

const money = z.object({ amount: z.string(), currency: z.string() });
const movement = z.object({ accountId: z.string(), amount: money });
const order = z.object({ productId: z.string(), unitPrice: money, quantity: z.int() });
const refunded = z.object({ id: z.string(), total: money });

/** Null if the amount cannot be moved. */
function amountOf({ amount, currency: name }: z.infer<typeof money>): Money | null {
  const parsed = parseDecimal(amount);
  const currency = currencies.find((one) => one === name);
  if (parsed === null || currency === undefined) return null;
  const found = parseAmount({ amount: parsed, currency }, []);
  return isRefusal(found) ? null : found;
}

/** An amount that the graph returned: unlike one to move, it can be zero, or above the largest one. */
function shown({ amount, currency: name }: z.infer<typeof money>): string {
  const currency = currencies.find((one) => one === name);
  const parsed = parseDecimal(amount);
  if (currency === undefined || parsed === null) return `${amount} ${name}`;
  return displayMoney({ minor: parsed.unscaled * 10n ** BigInt(minorDigits[currency] - parsed.scale), currency });
}

export function transferInWords({ amount, fee, total, received, fromAccountId, toAccountId }: SignedQuote): string {
  return (
    `Transfer ${shown(amount)} from account ${fromAccountId} to account ${toAccountId}. ` +
    `The fee is ${shown(fee)}, so ${shown(total)} leaves the account, and ${shown(received)} arrives.`
  );
}

export function movementInWords(tool: 'deposit' | 'withdraw', variables: unknown): string | null {
  const { accountId, amount } = movement.parse(variables);
  const found = amountOf(amount);
  if (found === null) return null;
  const words = displayMoney(found);
  return tool === 'deposit'
    ? `Deposit ${words} on account ${accountId}.`
    : `Withdraw ${words} from account ${accountId}.`;
}

export function orderInWords(variables: unknown): string | null {
  const { productId, unitPrice, quantity } = order.parse(variables);
  const price = amountOf(unitPrice);
  if (price === null || quantity < 1) return null;
  const total = displayMoney({ ...price, minor: price.minor * BigInt(quantity) });
  return `Place an order for ${quantity} × ${JSON.stringify(productId)} at ${displayMoney(price)} each: ${total} in total.`;
}

export function refundInWords(read: unknown): string {
  const { id, total } = refunded.parse(read);
  return `Refund the order ${id}: ${shown(total)} goes back to the customer's account.`;
}
