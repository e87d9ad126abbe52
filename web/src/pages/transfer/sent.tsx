import { grouped } from '../../account-number.ts';
import { Button, ButtonLink } from '../../components/button.tsx';
import { Done } from '../../components/done.tsx';
import type { AccountPartsFragment, TransactionPartsFragment } from '../../graph/operations.generated.ts';
import { currencyNames, formatMoney } from '../../money.ts';
import { totalOf } from '../../transaction-words.ts';

interface SentProps {
  readonly transaction: TransactionPartsFragment;
  /** The receiving account, if it is the person's own. */
  readonly to: AccountPartsFragment | undefined;
  readonly again: () => void;
}

export function Sent({ transaction, to, again }: SentProps) {
  const { received, amount, fee, toAccountNumber } = transaction;
  const where =
    to === undefined ? `account ${grouped(toAccountNumber ?? '')}` : `your ${currencyNames[to.currency]} account`;
  const withFee = fee === null ? '' : `, including a fee of ${formatMoney(fee)}`;
  return (
    <Done title={`${formatMoney(received ?? amount)} sent`}>
      <p>The money is in {where}.</p>
      <p>
        {formatMoney(totalOf(transaction))} left your {currencyNames[amount.currency]} account{withFee}.
      </p>
      <div className="buttons">
        <ButtonLink to="/" look="primary">
          Done
        </ButtonLink>
        <Button onPress={again}>Send more</Button>
        <ButtonLink to="/history" look="quiet">
          See history
        </ButtonLink>
      </div>
    </Done>
  );
}
