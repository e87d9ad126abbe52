import type { Currency } from './graph/operations.generated.ts';

export interface Money {
  readonly amount: string;
  readonly currency: Currency;
}

export const currencyNames: Readonly<Record<Currency, string>> = {
  USD: 'US dollar',
  EUR: 'Euro',
  CNY: 'Chinese yuan',
};

/** As people of that locale write it. The amount stays a string all the way, so that no digit is lost. */
export function formatMoney({ amount, currency }: Money, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount as Intl.StringNumericLiteral);
}

/** With a plus or a minus where the locale has it. */
export function formatMovement({ amount, currency }: Money, direction: 'in' | 'out', locale?: string): string {
  const signed = direction === 'in' ? amount : `-${amount}`;
  return new Intl.NumberFormat(locale, { style: 'currency', currency, signDisplay: 'always' })
    .formatToParts(signed as Intl.StringNumericLiteral)
    .map(({ type, value }) => (type === 'minusSign' ? value.replace('-', '−') : value))
    .join('');
}

/** A rate or another plain number, with as many digits as it has. */
export function formatDecimal(decimal: string, locale?: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(decimal as Intl.StringNumericLiteral);
}

/** An amount as people of that locale would type it. */
export function exampleAmount(amount: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(amount);
}

/**
 * The decimal string that a person meant, or null where it is no number. Separators are taken as the locale has them;
 * what can only be meant otherwise, such as `12.50` where the comma is the decimal separator, is taken so.
 */
export function parseAmount(text: string, locale?: string): string | null {
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
  const [whole = '', fraction = ''] = amount.split('.');
  const product = (BigInt(`${whole}${fraction}`) * times).toString().padStart(fraction.length + 1, '0');
  if (fraction === '') return product;
  return `${product.slice(0, -fraction.length)}.${product.slice(-fraction.length)}`;
}

/** Whether the first amount is more than the second; both have their currency's number of decimal places. */
export function exceeds(amount: string, other: string): boolean {
  return BigInt(amount.replace('.', '')) > BigInt(other.replace('.', ''));
}

export function isZero({ amount }: Money): boolean {
  return /^[0.]*$/.test(amount);
}
