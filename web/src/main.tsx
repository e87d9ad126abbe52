import { ApolloProvider } from '@apollo/client/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app.tsx';
import { client } from './graph/client.ts';
import { connection } from './graph/connection.ts';
import { replacePage } from './new-version.ts';
import { session } from './session/session.ts';
import './styles.css';

addEventListener('vite:preloadError', () => void replacePage());

connection.watch(() => {
  if (!connection.lost() && session.state().status === 'unreachable') void session.resume();
});
void session.resume();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ApolloProvider client={client}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </ApolloProvider>
  </StrictMode>,
);
