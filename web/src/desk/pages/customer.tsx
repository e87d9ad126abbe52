import { useParams } from 'react-router';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { Segments } from '../../components/segments.tsx';
import { useAddress } from '../../use-address.ts';
import { CustomerMessages } from '../components/customer-messages.tsx';
import { CustomerMoney } from '../components/customer-money.tsx';
import { CustomerOrders } from '../components/customer-orders.tsx';
import { CustomerProfile } from '../components/customer-profile.tsx';
import { usePermits } from '../permits.tsx';
import { FindForm } from './find-customer.tsx';

const tabs = { profile: 'Profile', money: 'Money', orders: 'Orders', messages: 'Messages' } as const;

/** A customer, as the role of the staff member may see them. Without a permit in memory, the look is made first. */
export default function Customer() {
  const { part: id = '' } = useParams();
  const { permitOf, keep } = usePermits();
  const address = useAddress();
  const permit = permitOf(id);
  if (permit === undefined) {
    return (
      <Page title="Customer" lead="Say why you look at this customer." narrow>
        <FindForm customerId={id} />
      </Page>
    );
  }
  const tab = address.choice<keyof typeof tabs>('tab', tabs, 'profile');
  const look = { id, permit };
  return (
    <Page
      title="Customer"
      lead={<span className="customer-id">{id}</span>}
      actions={<Button onPress={() => keep(id, undefined)}>Look again</Button>}
    >
      <Segments
        label="Part"
        isLabelShown={false}
        choices={tabs}
        chosen={tab}
        onChange={(chosen) => address.set({ tab: chosen === 'profile' ? '' : chosen, after: '' })}
      />
      {tab === 'profile' && <CustomerProfile look={look} />}
      {tab === 'money' && <CustomerMoney look={look} />}
      {tab === 'orders' && <CustomerOrders look={look} />}
      {tab === 'messages' && <CustomerMessages look={look} />}
    </Page>
  );
}
