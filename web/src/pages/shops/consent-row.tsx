import { useMutation } from '@apollo/client/react';
import { Button } from '../../components/button.tsx';
import { GeneralRefusals, useSubmission } from '../../components/form.tsx';
import {
  type ShopConsentPartsFragment,
  type ShopConsentState,
  WithdrawShopConsentDocument,
} from '../../graph/operations.generated.ts';
import { formatMoney } from '../../money.ts';
import { day, shortTime } from '../../time.ts';

export function ConsentRow({ consent }: { readonly consent: ShopConsentPartsFragment }) {
  const { id: consentId, shop, state, orderLimit, monthLimit, spentThisMonth } = consent;
  const [withdrawConsent] = useMutation(WithdrawShopConsentDocument);
  const withdraw = useSubmission({}, async () => {
    const { data } = await withdrawConsent({ variables: { input: { consentId } } });
    return (data?.withdrawShopConsent?.userErrors ?? []).map((refusal) => ({ ...refusal, field: null }));
  });
  return (
    <li className="session">
      <div>
        <p>
          <bdi>{shop.name}</bdi>
        </p>
        <p className="row-detail">{timesOf[state](consent)}</p>
        <p className="row-detail">
          {formatMoney(spentThisMonth)} of {formatMoney(monthLimit)} debited this month · At most{' '}
          {formatMoney(orderLimit)} for an order
        </p>
        <p className="row-detail">
          Shop ID: {shop.id} · Consent ID: {consentId}
        </p>
        <GeneralRefusals submission={withdraw} />
      </div>
      {state !== 'WITHDRAWN' && (
        <div className="buttons">
          <Button
            look="danger"
            aria-label={`Withdraw the consent for ${shop.name}`}
            isPending={withdraw.isPending}
            onPress={withdraw.submit}
          >
            Withdraw
          </Button>
        </div>
      )}
    </li>
  );
}

const timesOf: Readonly<Record<ShopConsentState, (consent: ShopConsentPartsFragment) => string>> = {
  ACTIVE: ({ expiresAt }) => (expiresAt === null ? 'Active until you withdraw it' : `Active until ${day(expiresAt)}`),
  EXPIRED: ({ expiresAt }) => `Ended: ${shortTime(expiresAt!)}`,
  WITHDRAWN: ({ withdrawnAt }) => `Withdrawn: ${shortTime(withdrawnAt!)}`,
};
