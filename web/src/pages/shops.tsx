import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { Copyable } from '../components/copyable.tsx';
import { Page, Section } from '../components/page.tsx';
import { Failed, Loading, Notice } from '../components/states.tsx';
import { ShopConsentsDocument, type ShopQuery } from '../graph/operations.generated.ts';
import { ConsentRow } from './shops/consent-row.tsx';
import { FindShop } from './shops/find-shop.tsx';
import { GiveConsent } from './shops/give-consent.tsx';

export type Shop = NonNullable<ShopQuery['shop']>;

/** The shops that can debit the person, with what they have debited this month. */
export default function Shops() {
  const { data, error, refetch } = useQuery(ShopConsentsDocument);
  const [shop, setShop] = useState<Shop | null>(null);
  const [given, setGiven] = useState<string | null>(null);
  const consents = data?.viewer?.shopConsents?.nodes;
  const again = () => void refetch();
  return (
    <Page
      title="Shops"
      narrow
      lead="A shop that you authorise debits your account for your orders, within the limits that you set."
    >
      {given !== null && (
        <section aria-label="New consent">
          <Notice kind="info">Enter this id in the shop, so that it can place orders for you.</Notice>
          <Copyable label="Consent ID" name="consent ID" text={given} />
        </section>
      )}
      <Section title="Your consents">
        {consents === undefined ? (
          error === undefined ? (
            <Loading count={2} />
          ) : (
            <Failed error={error} again={again} />
          )
        ) : consents.length === 0 ? (
          <p className="row-detail">You have authorised no shop.</p>
        ) : (
          <ul className="sessions" aria-label="Your consents">
            {consents.map((consent) => (
              <ConsentRow key={consent.id} consent={consent} />
            ))}
          </ul>
        )}
      </Section>
      <Section title="Authorise a shop">
        {shop === null ? (
          <FindShop onFound={setShop} />
        ) : (
          <GiveConsent
            shop={shop}
            close={() => setShop(null)}
            onGiven={(id) => {
              setGiven(id);
              setShop(null);
              again();
            }}
          />
        )}
      </Section>
    </Page>
  );
}
