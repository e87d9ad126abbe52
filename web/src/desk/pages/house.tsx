import { useQuery } from '@apollo/client/react';
import { Link } from 'react-router';
import { ButtonLink } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';
import { Empty, Failed, Loading } from '../../components/states.tsx';
import { Amount } from '../../components/values.tsx';
import { Look } from '../components/look.tsx';
import { houseLabels } from '../house-words.ts';
import { HouseAccountsDocument } from '../operations.generated.ts';

/** The ledger's own accounts with their balances. */
export default function House() {
  return (
    <Page
      title="House accounts"
      lead="The ledger's own accounts. A balance can be negative."
      actions={
        <>
          <ButtonLink to="/desk/trial-balance">Trial balance</ButtonLink>
          <ButtonLink to="/desk/reconciliation">Reconciliation</ButtonLink>
        </>
      }
    >
      <Look at="house">{(reason) => <Accounts reason={reason} />}</Look>
    </Page>
  );
}

function Accounts({ reason }: { readonly reason: string }) {
  const { data, error, refetch } = useQuery(HouseAccountsDocument, { variables: { reason } });
  const accounts = data?.houseAccounts;
  if (accounts == null) {
    return error === undefined ? <Loading count={6} /> : <Failed error={error} again={() => void refetch()} />;
  }
  if (accounts.length === 0) return <Empty icon="house" title="No money has moved yet" />;
  return (
    <ul className="card rows" aria-label="House accounts">
      {accounts.map(({ kind, currency, balance }) => (
        <li key={`${kind} ${currency}`} className="row row-linked">
          <span className="row-icon">
            <Icon name="house" size={18} />
          </span>
          <span className="row-main">
            <span className="row-line">
              <Link to={`/desk/house/${kind}/${currency}`} className="row-title row-link">
                {houseLabels[kind].title}, {currency}
              </Link>
              <Amount money={balance} />
            </span>
            <span className="row-detail">{houseLabels[kind].meaning}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}
