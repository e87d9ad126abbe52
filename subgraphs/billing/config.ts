import { z } from 'zod';
import { currencies, type Currency, currencyFacts, forEachCurrency } from '#platform/money/currency.ts';
import { type Decimal, isAbove, parseDecimal } from '#platform/money/decimal.ts';
import { count, durationS } from '#platform/process/settings.ts';
import { configOf } from '#subgraphs/settings.ts';
import type { Funding } from './domain/funding.ts';
import type { Rates } from './domain/exchange.ts';

/** The largest exchange rate in either direction. It is higher than the rate between any two real currencies. */
const [minRate, maxRate]: [Decimal, Decimal] = [
  { unscaled: 1n, scale: 6 },
  { unscaled: 1_000_000n, scale: 0 },
];

const rate = z.string().transform((text, refinement): Decimal => {
  const decimal = parseDecimal(text);
  if (decimal !== null && !isAbove(minRate, decimal) && !isAbove(decimal, maxRate)) return decimal;
  refinement.addIssue('must be a decimal number, 0.000001 to 1000000, such as 0.90');
  return z.NEVER;
});

/** An amount in US dollars, in cents. */
const dollars = z.string().transform((text, refinement): bigint => {
  if (/^(?:0|[1-9]\d{0,9})(?:\.\d{2})?$/.test(text)) {
    const [whole, cents = '00'] = text.split('.');
    return BigInt(`${whole}${cents}`);
  }
  refinement.addIssue('must be an amount in US dollars, such as 100 or 99.50');
  return z.NEVER;
});

type RateSetting = `RATE_${Currency}`;

const rateSettings = Object.fromEntries(
  currencies.map((currency) => [`RATE_${currency}`, rate.prefault(currencyFacts[currency].rate)]),
) as Record<RateSetting, z.ZodPrefault<typeof rate>>;

export const { settings, readConfig } = configOf('billing', {
  ...rateSettings,
  CORRECTION_APPROVAL_FROM: dollars.prefault('100.00'),
  CONFIRM_TRANSFERS_FROM: dollars.prefault('1000.00'),
  FUNDING: z
    .enum(['open', 'operator', 'provider'], 'must be open or operator')
    .default('open')
    .refine((funding) => funding !== 'provider', 'must be open or operator: provider is not available yet')
    .transform((funding): Funding => (funding === 'operator' ? 'operator' : 'open')),
  QUOTE_TTL_S: durationS.default(60),
  UNKNOWN_RECEIVERS_PER_HOUR: count.default(20),
});

/** The exchange rates of the settings. */
export const ratesOf = (config: Readonly<Record<RateSetting, Decimal>>): Rates =>
  forEachCurrency((_facts, currency) => config[`RATE_${currency}`]);
