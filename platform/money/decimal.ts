/** An exact decimal number: `unscaled` × 10^-`scale`. */
export interface Decimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** JSON's numbers without exponent: ASCII digits, no plus sign, no leading zeros. */
const pattern = /^-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/** Much longer than any amount or rate, and short enough to parse quickly. */
const maxLength = 100;

/** Parses a decimal number. Returns null for other texts, and for texts of more than 100 characters. */
export function parseDecimal(text: string): Decimal | null {
  const match = text.length <= maxLength ? pattern.exec(text) : null;
  if (match === null) return null;
  return { unscaled: BigInt(text.replace('.', '')), scale: match[1]?.length ?? 0 };
}

/** Whether the first number is greater than the second, whatever their scales. */
export function isAbove(one: Decimal, other: Decimal): boolean {
  return one.unscaled * 10n ** BigInt(other.scale) > other.unscaled * 10n ** BigInt(one.scale);
}

export function formatDecimal({ unscaled, scale }: Decimal): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(-scale)}`;
  return `${unscaled < 0n ? '-' : ''}${whole}${fraction}`;
}
