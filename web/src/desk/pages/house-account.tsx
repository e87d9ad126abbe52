import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { ButtonLink } from '../../components/button.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { Page } from '../../components/page.tsx';
import { Paging, usePaging } from '../../components/paging.tsx';
import { Empty, Failed, Loading } from '../../components/states.tsx';
import { Amount, Time } from '../../components/values.tsx';
import type { Currency } from '../../graph/operations.generated.ts';
import { currencyNames, formatMoney } from '../../money.ts';
import { fullTime } from '../../time.ts';
import { kindLabels, movementOf } from '../../transaction-words.ts';
import { useAddress } from '../../use-address.ts';
import { Look } from '../components/look.tsx';
import { Openable } from '../components/openable.tsx';
import { houseLabels } from '../house-words.ts';
import { type HouseAccountKind, HouseEntriesDocument } from '../operations.generated.ts';

const pageSize = 25;

interface Account {
  readonly kind: HouseAccountKind;
  readonly currency: Currency;
}

/** The entries of one of the ledger's own accounts. */
export default function HouseAccount() {
  const { part: kind = '', more: currency = '' } = useParams();
  if (!isKind(kind) || !isCurrency(currency)) {
    return (
      <Page title="House account">
        <Empty icon="alert" title="There is no such account">
          <ButtonLink to="/desk/house">See the house accounts</ButtonLink>
        </Empty>
      </Page>
    );
  }
  const title = `${houseLabels[kind].title}, ${currency}`;
  return (
    <Page title={title} lead={houseLabels[kind].meaning}>
      <Look at="house">{(reason) => <Entries reason={reason} kind={kind} currency={currency} />}</Look>
    </Page>
  );
}

const isKind = (text: string): text is HouseAccountKind => Object.hasOwn(houseLabels, text);
const isCurrency = (text: string): text is Currency => Object.hasOwn(currencyNames, text);

function Entries({ reason, kind, currency }: Account & { readonly reason: string }) {
  const address = useAddress();
  const { data, previousData, error, loading, refetch } = useQuery(HouseEntriesDocument, {
    variables: { reason, kind, currency, first: pageSize, after: address.get('after') || null },
  });
  const accounts = (data ?? previousData)?.houseAccounts;
  const account = accounts?.[0];
  const paging = usePaging(address, account?.entries.pageInfo);
  if (accounts == null) {
    return error === undefined ? <Loading count={8} /> : <Failed error={error} again={() => void refetch()} />;
  }
  if (account === undefined) return <Empty icon="house" title="No money has moved here yet" />;
  return (
    <div aria-busy={loading} className={loading ? 'stale' : undefined}>
      <p className="house-balance">
        Balance: <bdi dir="ltr">{formatMoney(account.balance)}</bdi>
      </p>
      <ul className="card rows" aria-label="Entries">
        {account.entries.nodes.map(({ transactionId, kind: what, direction, amount, createdAt }) => (
          <Openable
            key={transactionId}
            icon="house"
            title={kindLabels[what]}
            aside={<Amount money={amount} direction={movementOf(direction)} />}
            detail={<Time at={createdAt} />}
          >
            <p className="row-detail">{fullTime(createdAt)}</p>
            <Copyable label="Transaction ID" name="transaction ID" text={transactionId} />
          </Openable>
        ))}
      </ul>
      <Paging paging={paging} />
    </div>
  );
}
