import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Outlet, Route, Routes, useLocation, useSearchParams } from 'react-router';
import { Brand } from './components/brand.tsx';
import { Button, ButtonLink } from './components/button.tsx';
import { Page } from './components/page.tsx';
import { Shell } from './components/shell.tsx';
import { Empty } from './components/states.tsx';
import { Welcome } from './components/welcome.tsx';
import Overview from './pages/overview.tsx';
import SignIn from './pages/sign-in.tsx';
import { session } from './session/session.ts';
import { useSession } from './session/use-session.ts';

const pages = {
  moveMoney: async () => await import('./pages/move-money.tsx'),
  transfer: async () => await import('./pages/transfer.tsx'),
  history: async () => await import('./pages/history.tsx'),
  statement: async () => await import('./pages/statement.tsx'),
  orders: async () => await import('./pages/orders.tsx'),
  newOrder: async () => await import('./pages/new-order.tsx'),
  order: async () => await import('./pages/order.tsx'),
  messages: async () => await import('./pages/messages.tsx'),
  settings: async () => await import('./pages/settings.tsx'),
};

const SignUp = lazy(async () => await import('./pages/sign-up.tsx'));
const MoveMoney = lazy(pages.moveMoney);
const Transfer = lazy(pages.transfer);
const History = lazy(pages.history);
const Statement = lazy(pages.statement);
const Orders = lazy(pages.orders);
const NewOrder = lazy(pages.newOrder);
const OrderPage = lazy(pages.order);
const Messages = lazy(pages.messages);
const Settings = lazy(pages.settings);

/** The other pages are fetched once the first one has had its time, so that they open at once. */
const fetchAheadMs = 2_000;

/** The addresses here are those that the router answers with the page (router/console.ts). */
export function App() {
  const state = useSession();
  if (state.status === 'unknown') return <Opening />;
  if (state.status === 'unreachable') return <Unreachable />;
  return (
    <Suspense fallback={<Opening />}>
      <Routes>
        <Route element={<ForVisitors />}>
          <Route path="/sign-in" element={<SignIn />} />
          <Route path="/sign-up" element={<SignUp />} />
        </Route>
        <Route element={<ForSignedIn />}>
          <Route path="/" element={<Overview />} />
          <Route path="/deposit" element={<MoveMoney key="deposit" direction="deposit" />} />
          <Route path="/withdraw" element={<MoveMoney key="withdraw" direction="withdraw" />} />
          <Route path="/transfer" element={<Transfer />} />
          <Route path="/history" element={<History />} />
          <Route path="/accounts/:id" element={<Statement />} />
          <Route path="/orders" element={<Orders />} />
          <Route path="/orders/new" element={<NewOrder />} />
          <Route path="/orders/:id" element={<OrderPage />} />
          <Route path="/messages" element={<Messages />} />
          <Route path="/settings" element={<Settings />} />
          <Route path="*" element={<Nowhere />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

/** Who signs in goes on to where they wanted to go. */
function ForVisitors() {
  const [parameters] = useSearchParams();
  const { status } = useSession();
  if (status !== 'signed-in') return <Outlet />;
  const wanted = parameters.get('to') ?? '/';
  // Only a path of this page: `//elsewhere` would lead away from it.
  return <Navigate to={/^\/(?![/\\])/.test(wanted) ? wanted : '/'} replace />;
}

function ForSignedIn() {
  const state = useSession();
  useEffect(() => {
    const timer = setTimeout(() => {
      // What cannot be fetched now is fetched when it is opened.
      for (const fetchPage of Object.values(pages)) fetchPage().catch(() => undefined);
    }, fetchAheadMs);
    return () => clearTimeout(timer);
  }, []);
  const { pathname, search } = useLocation();
  if (state.status === 'signed-in') return <Shell key={state.user.id} />;
  const here = `${pathname}${search}`;
  return <Navigate to={here === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(here)}`} replace />;
}

/** Whoever is not signed in is asked to be, first. */
function Nowhere() {
  return (
    <Page title="Nothing here">
      <Empty icon="alert" title="There is nothing at this address">
        <ButtonLink to="/">Go to the overview</ButtonLink>
      </Empty>
    </Page>
  );
}

/** Nothing at all where it takes no longer than a blink. */
function Opening() {
  return (
    <div className="opening" role="status" aria-label="Loading your wallet">
      <Brand />
    </div>
  );
}

function Unreachable() {
  return (
    <Welcome title="One moment">
      <p>The server cannot be reached. Your wallet opens as soon as it is back.</p>
      <Button look="primary" onPress={() => void session.resume()}>
        Try again
      </Button>
    </Welcome>
  );
}
