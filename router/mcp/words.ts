import { z } from 'zod';
import { isRefusal } from '#platform/errors/refusal.ts';
import { currencies, minorDigits, type Money } from '#platform/money/currency.ts';
import { parseDecimal } from '#platform/money/decimal.ts';
import { displayMoney, parseAmount } from '#platform/money/money.ts';
import { moneyShape } from '../money-shape.ts';
import type { SignedQuote } from './signed-texts.ts';

/** What a tool would do, in a sentence with the amounts. */

const movement = z.object({ accountId: z.string(), amount: moneyShape });
const order = z.object({ productId: z.string(), unitPrice: moneyShape, quantity: z.int() });
const refundable = z.object({ id: z.string(), total: moneyShape, refunded: moneyShape });
const refundAmount = z.object({ amount: moneyShape.nullish() });

/** Null if the amount cannot be moved. */
function amountOf({ amount, currency: name }: z.infer<typeof moneyShape>): Money | null {
  const parsed = parseDecimal(amount);
  const currency = currencies.find((one) => one === name);
  if (parsed === null || currency === undefined) return null;
  const found = parseAmount({ amount: parsed, currency }, []);
  return isRefusal(found) ? null : found;
}

/** An amount that the graph returned: unlike one to move, it can be zero, or above the largest one. */
function shown({ amount, currency: name }: z.infer<typeof moneyShape>): string {
  const currency = currencies.find((one) => one === name);
  const parsed = parseDecimal(amount);
  const missing = currency === undefined || parsed === null ? -1 : minorDigits[currency] - parsed.scale;
  if (currency === undefined || parsed === null || missing < 0) return visible(`${amount} ${name}`);
  return displayMoney({ minor: parsed.unscaled * 10n ** BigInt(missing), currency });
}

/** Without characters that hide text or start a line, so that the words say what they show. */
function visible(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{FFFD}');
}

const quotedText = (text: string) => JSON.stringify(visible(text));

export function transferInWords(
  { amount, fee, total, received, fromAccountId, toAccountId }: SignedQuote,
  description?: unknown,
): string {
  const described = typeof description === 'string' ? ` The description is ${quotedText(description)}.` : '';
  return (
    `Transfer ${shown(amount)} from account ${visible(fromAccountId)} to account ${visible(toAccountId)}. ` +
    `The fee is ${shown(fee)}, so ${shown(total)} leaves the account, and ${shown(received)} arrives.${described}`
  );
}

export function movementInWords(tool: 'deposit' | 'withdraw', variables: unknown): string | null {
  const { accountId, amount } = movement.parse(variables);
  const found = amountOf(amount);
  if (found === null) return null;
  const words = displayMoney(found);
  return tool === 'deposit'
    ? `Deposit ${words} on account ${visible(accountId)}.`
    : `Withdraw ${words} from account ${visible(accountId)}.`;
}

export function orderInWords(variables: unknown): string | null {
  const { productId, unitPrice, quantity } = order.parse(variables);
  const price = amountOf(unitPrice);
  if (price === null || quantity < 1) return null;
  const total = displayMoney({ ...price, minor: price.minor * BigInt(quantity) });
  return `Place an order for ${quantity} × ${quotedText(productId)} at ${displayMoney(price)} each: ${total} in total.`;
}

/** Null if the amount cannot be refunded. */
export function refundInWords(read: unknown, variables: unknown): string | null {
  const { id, total, refunded } = refundable.parse(read);
  const { amount } = refundAmount.parse(variables);
  const found = amount == null ? null : amountOf(amount);
  if (amount != null && found === null) return null;
  const words =
    found === null ? shown({ ...total, amount: leftOf(total.amount, refunded.amount) }) : displayMoney(found);
  return `Refund the order ${visible(id)}: ${words} goes back to the customer's account.`;
}

/** What is left of a total. Both amounts have the decimal places of one currency. */
function leftOf(total: string, refunded: string): string {
  const [whole, part] = [parseDecimal(total), parseDecimal(refunded)];
  if (whole === null || part === null || whole.scale !== part.scale) return total;
  const digits = `${whole.unscaled - part.unscaled}`.padStart(whole.scale + 1, '0');
  return whole.scale === 0 ? digits : `${digits.slice(0, -whole.scale)}.${digits.slice(-whole.scale)}`;
}
