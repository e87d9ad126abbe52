import { useApolloClient, useQuery } from '@apollo/client/react';
import { Suspense } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { NotificationAddedDocument, UnreadMessagesDocument } from '../graph/operations.generated.ts';
import { useRoles, useSignedIn } from '../session/use-session.ts';
import { useLive } from '../live/live.ts';
import { useNews } from '../live/use-news.ts';
import { usePolling } from '../live/use-polling.ts';
import { Brand } from './brand.tsx';
import { Confirmation } from './confirmation.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { EmailBanner } from './email-proof.tsx';
import { useFocusRescue } from './heading-focus.ts';
import { Icon, type IconName } from './icon.tsx';
import { News } from './news.tsx';
import { PageBoundary } from './page-boundary.tsx';
import { Loading } from './states.tsx';

const pollMs = 10_000;
const pollWhileLiveMs = 60_000;

const destinations: readonly { to: string; label: string; icon: IconName }[] = [
  { to: '/', label: 'Overview', icon: 'overview' },
  { to: '/transfer', label: 'Send', icon: 'transfer' },
  { to: '/history', label: 'History', icon: 'history' },
  { to: '/orders', label: 'Orders', icon: 'orders' },
  { to: '/messages', label: 'Messages', icon: 'messages' },
  { to: '/settings', label: 'Settings', icon: 'settings' },
];

/** The frame of every page for signed-in people: navigation, connection, news. */
export function Shell() {
  const client = useApolloClient();
  const user = useSignedIn();
  const roles = useRoles();
  const { pathname } = useLocation();
  useFocusRescue();
  const { data, startPolling, stopPolling } = useQuery(UnreadMessagesDocument);
  const messages = data?.viewer?.notifications;
  const unread = messages?.unreadCount ?? 0;
  const { news, show, close } = useNews(messages?.nodes);
  const isLive = useLive(
    NotificationAddedDocument,
    {},
    {
      onData: ({ notificationAdded }) => show(notificationAdded),
      onResumed: () => void client.refetchQueries({ include: 'active' }),
    },
  );
  usePolling({ startPolling, stopPolling }, isLive ? pollWhileLiveMs : pollMs);

  return (
    <div className="shell">
      <a href="#content" className="skip">
        Skip to the content
      </a>
      <header className="sidebar">
        <Brand />
        <nav aria-label="Main" className="nav">
          {destinations.map(({ to, label, icon }) => (
            <NavLink key={to} to={to} end={to === '/'} className="nav-link">
              <span className="nav-icon">
                <Icon name={icon} size={22} />
                {to === '/messages' && unread > 0 && (
                  <span className="nav-count" aria-label={`${unread} unread`} role="img">
                    {unread > 99 ? '99+' : unread}
                  </span>
                )}
              </span>
              <span className="nav-label">{label}</span>
            </NavLink>
          ))}
          {roles.length > 0 && (
            <NavLink to="/desk" className="nav-link">
              <span className="nav-icon">
                <Icon name="scales" size={22} />
              </span>
              <span className="nav-label">Desk</span>
            </NavLink>
          )}
        </nav>
        <div className="whoami">
          <p className="whoami-name">{user.name}</p>
          <p className="row-detail">{user.email}</p>
        </div>
      </header>
      <main id="content" className="content" tabIndex={-1}>
        <ConnectionBanner />
        <EmailBanner />
        <Suspense fallback={<Loading count={6} />}>
          <PageBoundary key={pathname}>
            <Outlet />
          </PageBoundary>
        </Suspense>
      </main>
      <Confirmation />
      <News message={news} close={close} />
    </div>
  );
}
