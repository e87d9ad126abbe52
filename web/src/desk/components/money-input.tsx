import { AmountInput, Choices } from '../../components/fields.tsx';
import type { Currency } from '../../graph/operations.generated.ts';
import { currencyNames } from '../../money.ts';

const currencies = Object.keys(currencyNames) as Currency[];

/** An amount with its currency, for an account of which the desk knows only the id. */
export function MoneyInput({
  amount,
  onAmount,
  currency,
  onCurrency,
  isRequired = true,
}: {
  readonly amount: string;
  readonly onAmount: (amount: string) => void;
  readonly currency: Currency;
  readonly onCurrency: (currency: Currency) => void;
  readonly isRequired?: boolean;
}) {
  return (
    <div className="field-pair">
      <AmountInput
        label="Amount"
        name="amount"
        value={amount}
        onChange={onAmount}
        currency={currency}
        isRequired={isRequired}
      />
      <Choices
        label="Currency"
        name="currency"
        value={currency}
        onChange={(chosen) => onCurrency(chosen as Currency)}
        choices={currencies.map((code) => ({ id: code, label: code }))}
      />
    </div>
  );
}

/** The currency that a page's address names, or the first one. */
export function currencyIn(text: string): Currency {
  return currencies.find((code) => code === text) ?? currencies[0]!;
}
