import { Link } from 'react-router';
import { Icon, type IconName } from '../../components/icon.tsx';
import { Page } from '../../components/page.tsx';

const acts: readonly { to: string; title: string; detail: string; icon: IconName }[] = [
  { to: 'freeze', title: 'Freeze', detail: 'A customer or one account neither pays nor receives.', icon: 'lock' },
  { to: 'unfreeze', title: 'Release', detail: 'Lifts a freeze of a customer or of one account.', icon: 'check' },
  { to: 'refund', title: 'Refund an order', detail: 'Returns the money of a paid order.', icon: 'undo' },
  { to: 'deposit', title: 'Deposit', detail: 'Puts money on an account that a customer paid at a desk.', icon: 'plus' },
  { to: 'withdraw', title: 'Withdraw', detail: 'Takes money off an account that a customer is paid.', icon: 'minus' },
  {
    to: 'end-sessions',
    title: 'End all sessions',
    detail: 'Ends all sessions of a customer and revokes all API clients.',
    icon: 'leave',
  },
  {
    to: 'reset-factors',
    title: 'Reset second factors',
    detail: 'For a customer who has lost all of them.',
    icon: 'cross',
  },
  {
    to: 'restore-email',
    title: 'Restore an email address',
    detail: 'Sends a proof to an address that a customer has shown to be theirs.',
    icon: 'undo',
  },
  { to: 'resend', title: 'Send a message again', detail: 'Or a new proof of an email address.', icon: 'messages' },
  { to: 'grant-role', title: 'Grant a role', detail: 'Makes a person a member of the staff.', icon: 'plus' },
  { to: 'revoke-role', title: 'Revoke a role', detail: 'Takes a role of staff from a person.', icon: 'minus' },
  { to: 'dead-letters', title: 'Dead letters', detail: 'Changes that a worker gave up on.', icon: 'alert' },
  { to: 'reconciliation', title: 'Reconciliation', detail: 'Recomputes the ledger, on request.', icon: 'check' },
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
