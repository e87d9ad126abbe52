import { Navigate, Route, Routes } from 'react-router';
import { ButtonLink } from '../components/button.tsx';
import { Page } from '../components/page.tsx';
import { Empty } from '../components/states.tsx';
import type { Role } from '../graph/enumerations.generated.ts';
import type { SignedIn } from '../session/session.ts';
import './desk.css';
import { LookReasons } from './components/look.tsx';
import { Frame } from './frame.tsx';
import Acts from './pages/acts.tsx';
import Audit from './pages/audit.tsx';
import CashDesk from './pages/cash-desk.tsx';
import Corrections from './pages/corrections.tsx';
import CustomerAccount from './pages/customer-account.tsx';
import Customer from './pages/customer.tsx';
import DeadLetters from './pages/dead-letters.tsx';
import FindCustomer from './pages/find-customer.tsx';
import Freeze from './pages/freeze.tsx';
import HelpCustomer from './pages/help-customer.tsx';
import HouseAccount from './pages/house-account.tsx';
import House from './pages/house.tsx';
import ProposeCorrection from './pages/propose-correction.tsx';
import Refund from './pages/refund.tsx';
import Resend from './pages/resend.tsx';
import TrialBalance from './pages/trial-balance.tsx';
import Verifications from './pages/verifications.tsx';
import { PermitKeeper } from './permits.tsx';
import { hasRole, StaffContext } from './staff.ts';

const anyRole: readonly Role[] = ['SUPPORT', 'OPERATOR', 'AUDITOR'];

/** The pages of the desk, below `/desk`, and the roles that the server lets do what they are for. */
const pages: readonly { path: string; roles: readonly Role[]; element: React.ReactNode }[] = [
  { path: 'customers', roles: anyRole, element: <FindCustomer /> },
  { path: 'customers/:part', roles: anyRole, element: <Customer /> },
  { path: 'customers/:part/:more', roles: anyRole, element: <CustomerAccount /> },
  { path: 'corrections', roles: ['OPERATOR', 'AUDITOR'], element: <Corrections /> },
  { path: 'corrections/new', roles: ['OPERATOR'], element: <ProposeCorrection /> },
  { path: 'acts', roles: ['OPERATOR'], element: <Acts /> },
  { path: 'freeze', roles: ['OPERATOR'], element: <Freeze key="freeze" change="freeze" /> },
  { path: 'unfreeze', roles: ['OPERATOR'], element: <Freeze key="release" change="release" /> },
  { path: 'refund', roles: ['OPERATOR'], element: <Refund /> },
  { path: 'end-sessions', roles: ['OPERATOR'], element: <HelpCustomer key="end" act="endSessions" /> },
  { path: 'reset-factors', roles: ['OPERATOR'], element: <HelpCustomer key="reset" act="resetFactors" /> },
  { path: 'restore-email', roles: ['OPERATOR'], element: <HelpCustomer key="restore" act="restoreEmail" /> },
  { path: 'resend', roles: ['OPERATOR'], element: <Resend /> },
  { path: 'grant-role', roles: ['OPERATOR'], element: <HelpCustomer key="grant" act="grantRole" /> },
  { path: 'revoke-role', roles: ['OPERATOR'], element: <HelpCustomer key="revoke" act="revokeRole" /> },
  { path: 'deposit', roles: ['OPERATOR'], element: <CashDesk key="deposit" direction="deposit" /> },
  { path: 'withdraw', roles: ['OPERATOR'], element: <CashDesk key="withdraw" direction="withdraw" /> },
  { path: 'house', roles: ['OPERATOR', 'AUDITOR'], element: <House /> },
  { path: 'house/:part/:more', roles: ['OPERATOR', 'AUDITOR'], element: <HouseAccount /> },
  { path: 'trial-balance', roles: ['OPERATOR', 'AUDITOR'], element: <TrialBalance /> },
  { path: 'dead-letters', roles: ['OPERATOR'], element: <DeadLetters /> },
  { path: 'reconciliation', roles: ['OPERATOR', 'AUDITOR'], element: <Verifications /> },
  { path: 'audit', roles: ['AUDITOR'], element: <Audit /> },
];

/** The desk of support, operators and auditors. Each sees only the pages of their roles. */
export default function Desk({ staff }: { readonly staff: SignedIn }) {
  const allowed = pages.filter(({ roles }) => hasRole(staff, ...roles));
  const [first] = allowed;
  return (
    <StaffContext value={staff}>
      <PermitKeeper>
        <LookReasons>
          <Routes>
            <Route element={<Frame />}>
              {first !== undefined && <Route index element={<Navigate to={first.path} replace />} />}
              {allowed.map(({ path, element }) => (
                <Route key={path} path={path} element={element} />
              ))}
              <Route path="*" element={<NoPage />} />
            </Route>
          </Routes>
        </LookReasons>
      </PermitKeeper>
    </StaffContext>
  );
}

function NoPage() {
  return (
    <Page title="Page not found">
      <Empty icon="alert" title="There is no page at this address for your role">
        <ButtonLink to="/">Go to your wallet</ButtonLink>
      </Empty>
    </Page>
  );
}
