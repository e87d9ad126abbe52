import { readFileSync } from 'node:fs';
import { currencies, currencyFacts, currencyNames, minorDigits } from '#platform/money/currency.ts';
import { sdlFiles } from './supergraph.ts';
import type { GeneratedFile } from './write-files.ts';

/** Parts of files that follow from the list of currencies. */
export function currencyFiles(): GeneratedFile[] {
  const schemas = sdlFiles().map((file) => ({ file, text: withCurrencies(readFileSync(file, 'utf8')) }));
  const example = new URL('../.env.example', import.meta.url);
  return [...schemas, { file: example, text: withRates(readFileSync(example, 'utf8')) }];
}

/** A subgraph's SDL with the values of its enum `Currency`, and with the size of its lists of accounts. */
function withCurrencies(sdl: string): string {
  const values = currencies.map(
    (currency) => `  "${titleOf(currencyNames[currency])}: ${placesOf(minorDigits[currency])}."\n  ${currency}\n`,
  );
  return sdl
    .replace(/^enum Currency \{\n[^}]*\}/m, `enum Currency {\n${values.join('')}}`)
    .replaceAll(/(\[Account!\] @listSize\(assumedSize: )\d+\)/g, `$1${currencies.length})`);
}

function withRates(example: string): string {
  const rates = currencies.map((currency) => `# RATE_${currency}=${currencyFacts[currency].rate}\n`);
  return example.replace(/(?:^# RATE_[A-Z]{3}=.*\n)+/m, rates.join(''));
}

const titleOf = (name: string) => `${name[0]!.toUpperCase()}${name.slice(1)}`;

function placesOf(digits: number): string {
  if (digits === 0) return 'no decimal places';
  return digits === 1 ? '1 decimal place' : `${digits} decimal places`;
}
