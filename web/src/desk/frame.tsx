import { NavLink, Outlet, useLocation } from 'react-router';
import { Brand } from '../components/brand.tsx';
import { ConnectionBanner } from '../components/connection-banner.tsx';
import { useFocusRescue } from '../components/heading-focus.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { PageBoundary } from '../components/page-boundary.tsx';
import type { Role } from '../graph/enumerations.generated.ts';
import { hasRole, roleNames, useStaff } from './staff.ts';

const destinations: readonly { to: string; label: string; icon: IconName; roles: readonly Role[] }[] = [
  { to: '/desk/customers', label: 'Customers', icon: 'search', roles: ['SUPPORT', 'OPERATOR', 'AUDITOR'] },
  { to: '/desk/acts', label: 'Acts', icon: 'check', roles: ['OPERATOR'] },
  { to: '/desk/corrections', label: 'Corrections', icon: 'scales', roles: ['OPERATOR', 'AUDITOR'] },
  { to: '/desk/house', label: 'House', icon: 'house', roles: ['OPERATOR', 'AUDITOR'] },
  { to: '/desk/audit', label: 'Audit', icon: 'audit', roles: ['AUDITOR'] },
];

/** The frame of every page of the desk. */
export function Frame() {
  const staff = useStaff();
  const { pathname } = useLocation();
  useFocusRescue();
  return (
    <div className="shell">
      <a href="#content" className="skip">
        Skip to the content
      </a>
      <header className="sidebar">
        <Brand />
        <nav aria-label="Desk" className="nav">
          {destinations
            .filter(({ roles }) => hasRole(staff, ...roles))
            .map(({ to, label, icon }) => (
              <NavLink key={to} to={to} className="nav-link">
                <span className="nav-icon">
                  <Icon name={icon} size={22} />
                </span>
                <span className="nav-label">{label}</span>
              </NavLink>
            ))}
          <NavLink to="/" className="nav-link nav-away">
            <span className="nav-icon">
              <Icon name="back" size={22} />
            </span>
            <span className="nav-label">My wallet</span>
          </NavLink>
        </nav>
        <div className="whoami">
          <p className="whoami-name">{staff.user.name}</p>
          <p className="row-detail">{staff.user.email}</p>
          <p className="row-detail">{staff.roles.map((role) => roleNames[role]).join(', ')}</p>
        </div>
      </header>
      <main id="content" className="content" tabIndex={-1}>
        <ConnectionBanner />
        <PageBoundary key={pathname}>
          <Outlet />
        </PageBoundary>
      </main>
    </div>
  );
}
