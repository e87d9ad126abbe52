import { useEffect, useState } from 'react';

/**
 * Returns the token of a link in a message: the fragment `#token=…`, which browsers send to no server. It is removed from
 * the address, so that it stays in no history.
 */
export function useLinkToken(): string {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token') ?? '');
  useEffect(() => history.replaceState(history.state, '', `${location.pathname}${location.search}`), []);
  return token;
}
