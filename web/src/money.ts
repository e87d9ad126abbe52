import { currencyNames } from './graph/enumerations.generated.ts';
import type { Currency } from './graph/operations.generated.ts';

export { currencyNames };

export interface Money {
  readonly amount: string;
  readonly currency: Currency;
}

/** For headings and labels. */
export function currencyTitle(currency: Currency): string {
  const name = currencyNames[currency];
  return `${name[0]!.toUpperCase()}${name.slice(1)}`;
}

/** An amount as people of the locale write it. The amount stays a decimal string, so that no digit is lost. */
export function formatMoney({ amount, currency }: Money, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount as Intl.StringNumericLiteral);
}

/** The same with a plus or a minus. */
export function formatMovement({ amount, currency }: Money, direction: 'in' | 'out', locale?: string): string {
  const signed = direction === 'in' ? amount : `-${amount}`;
  return new Intl.NumberFormat(locale, { style: 'currency', currency, signDisplay: 'always' })
    .formatToParts(signed as Intl.StringNumericLiteral)
    .map(({ type, value }) => (type === 'minusSign' ? value.replace('-', '−') : value))
    .join('');
}

/** A rate or another number without a currency, with all its digits. */
export function formatDecimal(decimal: string, locale?: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(decimal as Intl.StringNumericLiteral);
}

/** The number of decimal places of a currency, by ISO 4217. */
export function currencyPlaces(currency: Currency): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An example of an amount, as people of the locale type it, with the currency's decimal places. */
export function exampleAmount(amount: string, currency?: Currency, locale?: string): string {
  const places = currency === undefined ? 2 : currencyPlaces(currency);
  return typedAmount(decimalOf(unscaled(amount, places), places), locale);
}

/** An amount to fill a field with, as people of the locale type it; `parseAmount` returns the same amount. */
export function typedAmount(amount: string, locale?: string): string {
  const places = fractionOf(amount).length;
  const options = { useGrouping: false, minimumFractionDigits: places, maximumFractionDigits: places };
  return new Intl.NumberFormat(locale, options).format(amount as Intl.StringNumericLiteral);
}

/** More digits than any amount has, and fewer than the server refuses to read. */
const longestAmount = 40;

/**
 * The decimal string that a person means; null where the text is not a number. Separators have the meaning that the
 * locale gives them. A text that makes sense only otherwise, such as `12.50` where the comma separates decimals, is
 * read in the only way that makes sense.
 */
export function parseAmount(text: string, locale?: string): string | null {
  if (text.length > longestAmount) return null;
  const { group, decimal, digits: ownDigits } = notation(locale);
  const compact = Array.from(text.replace(/[\s\u00a0\u202f']/g, ''), (sign) => ownDigits.get(sign) ?? sign).join('');
  const grouped = new RegExp(`^\\d{1,3}(?:${escaped(group)}\\d{3})+(?:${escaped(decimal)}\\d*)?$`);
  const plain = grouped.test(compact)
    ? compact.replaceAll(group, '').replace(decimal, '.')
    : compact.replace(/[.,٫]/, '.');
  if (!/^(?:\d+\.?\d*|\.\d+)$/.test(plain)) return null;
  const [whole = '', fraction = ''] = plain.split('.');
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  return fraction === '' ? digits : `${digits}.${fraction}`;
}

function notation(locale?: string) {
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.8);
  const named = (type: Intl.NumberFormatPartTypes) => parts.find((part) => part.type === type)?.value;
  const ascending = new Intl.NumberFormat(locale, { useGrouping: false, minimumIntegerDigits: 10 }).format(123_456_789);
  return {
    group: named('group') ?? ',',
    decimal: named('decimal') ?? '.',
    digits: new Map(Array.from(ascending, (digit, value) => [digit, String(value)])),
  };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Exactly `amount × times`, with the amount's decimal places. */
export function multiply(amount: string, times: bigint): string {
  const places = fractionOf(amount).length;
  return decimalOf(unscaled(amount, places) * times, places);
}

/** Exactly `amount + other`. */
export function add(amount: string, other: string): string {
  const places = placesOf(amount, other);
  return decimalOf(unscaled(amount, places) + unscaled(other, places), places);
}

/** Exactly `amount - other`; null where the second amount is the same or more. */
export function excess(amount: string, other: string): string | null {
  const places = placesOf(amount, other);
  const difference = unscaled(amount, places) - unscaled(other, places);
  return difference > 0n ? decimalOf(difference, places) : null;
}

/** Whether the first amount is more than the second. */
export function exceeds(amount: string, other: string): boolean {
  return excess(amount, other) !== null;
}

export function isZero({ amount }: Money): boolean {
  return /^[0.]*$/.test(amount);
}

/** The first account with money, or the first one. */
export function firstWithMoney<Account extends { readonly balance: Money }>(
  accounts: readonly Account[],
): Account | undefined {
  return accounts.find(({ balance }) => !isZero(balance)) ?? accounts[0];
}

function fractionOf(amount: string): string {
  return amount.split('.')[1] ?? '';
}

function placesOf(amount: string, other: string): number {
  return Math.max(fractionOf(amount).length, fractionOf(other).length);
}

/** The amount × 10^`places`; further decimal places are cut off. */
function unscaled(amount: string, places: number): bigint {
  return BigInt(`${amount.split('.')[0]}${fractionOf(amount).slice(0, places).padEnd(places, '0')}`);
}

function decimalOf(unscaledAmount: bigint, places: number): string {
  const digits = unscaledAmount.toString().padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
