import { Link } from 'react-router';
import { Icon, type IconName } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';

const acts: readonly { to: string; title: string; detail: string; icon: IconName }[] = [
  { to: 'freeze', title: 'Freeze', detail: 'A customer or one account neither pays nor receives.', icon: 'lock' },
  { to: 'unfreeze', title: 'Release', detail: 'Lifts a freeze of a customer or of one account.', icon: 'check' },
  { to: 'refund', title: 'Refund an order', detail: 'Returns the money of a paid order.', icon: 'undo' },
  { to: 'deposit', title: 'Deposit', detail: 'Puts money on an account that a customer paid at a desk.', icon: 'plus' },
  { to: 'withdraw', title: 'Withdraw', detail: 'Takes money off an account that a customer is paid.', icon: 'minus' },
  { to: 'corrections/new', title: 'Propose a correction', detail: 'Puts a wrong balance right.', icon: 'scales' },
];

/** What operators do for customers. */
export default function Acts() {
  return (
    <Page title="Acts" lead="Each act needs a reason, and is an entry of the audit log.">
      <ul className="card rows">
        {acts.map(({ to, title, detail, icon }) => (
          <li key={to} className="row row-linked">
            <span className="row-icon">
              <Icon name={icon} size={18} />
            </span>
            <span className="row-main">
              <Link to={`/desk/${to}`} className="row-title row-link">
                {title}
              </Link>
              <span className="row-detail">{detail}</span>
            </span>
          </li>
        ))}
      </ul>
    </Page>
  );
}
