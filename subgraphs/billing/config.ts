import { z } from 'zod';
import { currencies, type Currency, currencyFacts, forEachCurrency } from '#platform/money/currency.ts';
import { type Decimal, isAbove, parseDecimal } from '#platform/money/decimal.ts';
import { count, durationS, SettingsFault } from '#platform/process/settings.ts';
import { configOf } from '#subgraphs/settings.ts';
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

/** A secret as Standard Webhooks writes it, with 24 to 64 bytes. */
const webhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and 24 to 64 bytes in base64');

const billing = configOf('billing', {
  ...rateSettings,
  CORRECTION_APPROVAL_FROM: dollars.prefault('100.00'),
  CONFIRM_TRANSFERS_FROM: dollars.prefault('1000.00'),
  FUNDING: z.enum(['open', 'operator', 'provider'], 'must be open, operator or provider').default('open'),
  PROVIDER_WEBHOOK_SECRET: webhookSecret.optional(),
  QUOTE_TTL_S: durationS.default(60),
  UNKNOWN_RECEIVERS_PER_HOUR: count.default(20),
});

export const { settings } = billing;

/** @throws SettingsFault */
export function readConfig(environment = process.env) {
  const config = billing.readConfig(environment);
  if (config.FUNDING === 'provider' && config.PROVIDER_WEBHOOK_SECRET === undefined) {
    throw new SettingsFault(['PROVIDER_WEBHOOK_SECRET is not set, which FUNDING=provider needs']);
  }
  return config;
}

/** The exchange rates of the settings. */
export const ratesOf = (config: Readonly<Record<RateSetting, Decimal>>): Rates =>
  forEachCurrency((_facts, currency) => config[`RATE_${currency}`]);
