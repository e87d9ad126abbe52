import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Outlet, Route, Routes, useLocation, useSearchParams } from 'react-router';
import { Brand } from './components/brand.tsx';
import { Button, ButtonLink } from './components/button.tsx';
import { Page } from './components/page.tsx';
import { Shell } from './components/shell.tsx';
import { type RedirectState, ToSignIn } from './components/to-sign-in.tsx';
import { Empty } from './components/states.tsx';
import { Welcome } from './components/welcome.tsx';
import { DeskGate } from './pages/desk.tsx';
import Overview from './pages/overview.tsx';
import SignIn from './pages/sign-in.tsx';
import { farewell } from './session/farewell.ts';
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
  apiClients: async () => await import('./pages/api-clients.tsx'),
  webhooks: async () => await import('./pages/webhooks.tsx'),
  shops: async () => await import('./pages/shops.tsx'),
};

const ProveEmail = lazy(async () => await import('./pages/prove-email.tsx'));
const UndoEmailChange = lazy(async () => await import('./pages/undo-email-change.tsx'));
const ForgotPassword = lazy(async () => await import('./pages/forgot-password.tsx'));
const ResetPassword = lazy(async () => await import('./pages/reset-password.tsx'));
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
const ApiClients = lazy(pages.apiClients);
const Webhooks = lazy(pages.webhooks);
const Shops = lazy(pages.shops);

/** The other pages are fetched this long after the first one, so that they open at once. */
const fetchAheadMs = 2_000;

/** The router answers these addresses with the console's page (`router/console.ts`). */
export function App() {
  const state = useSession();
  if (state.status === 'unknown') return <Opening />;
  if (state.status === 'unreachable') return <Unreachable />;
  return (
    <Suspense fallback={<Opening />}>
      <Routes>
        <Route path="/prove-email" element={<ProveEmail />} />
        <Route path="/undo-email-change" element={<UndoEmailChange />} />
        <Route path="/forgot-password" element={<ForgotPassword />} />
        <Route path="/reset-password" element={<ResetPassword />} />
        <Route path="/desk/*" element={<DeskGate />} />
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
          <Route path="/settings/api-clients" element={<ApiClients />} />
          <Route path="/settings/webhooks" element={<Webhooks />} />
          <Route path="/settings/shops" element={<Shops />} />
          <Route path="*" element={<NotFound />} />
        </Route>
      </Routes>
    </Suspense>
  );
}

/** After signing in, a person returns to the page that they wanted, unless it was the page of another person. */
function ForVisitors() {
  const [parameters] = useSearchParams();
  const { state } = useLocation() as { state: RedirectState | null };
  const current = useSession();
  if (current.status !== 'signed-in') return <Outlet />;
  const endedFor = state?.endedFor ?? null;
  const isOwn = farewell.read() === null && (endedFor === null || endedFor === current.user.id);
  const wanted = parameters.get('to') ?? '/';
  // Only a path of this page: `//elsewhere` would lead to another site.
  return <Navigate to={isOwn && /^\/(?![/\\])/.test(wanted) ? wanted : '/'} replace />;
}

function ForSignedIn() {
  const state = useSession();
  return state.status === 'signed-in' ? <SignedIn key={state.user.id} /> : <ToSignIn />;
}

function SignedIn() {
  useEffect(() => {
    farewell.forget();
    const timer = setTimeout(() => {
      // A page that cannot be fetched now is fetched when it is opened.
      for (const fetchPage of Object.values(pages)) fetchPage().catch(() => undefined);
    }, fetchAheadMs);
    return () => clearTimeout(timer);
  }, []);
  return <Shell />;
}

function NotFound() {
  return (
    <Page title="Page not found">
      <Empty icon="alert" title="There is no page at this address">
        <ButtonLink to="/">Go to the overview</ButtonLink>
      </Empty>
    </Page>
  );
}

/** Stays invisible for a moment, so that a fast start does not flash. */
function Opening() {
  return (
    <div className="opening" role="status" aria-label="Loading your wallet">
      <Brand />
    </div>
  );
}

const retryMs = 5_000;

function Unreachable() {
  useEffect(() => {
    const timer = setInterval(() => void session.resume(), retryMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <Welcome title="The server can't be reached">
      <p>Your wallet opens as soon as the connection is back.</p>
      <Button look="primary" onPress={() => void session.resume()}>
        Try again
      </Button>
    </Welcome>
  );
}
