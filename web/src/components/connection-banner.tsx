import { useSyncExternalStore } from 'react';
import { connection } from '../graph/connection.ts';

export function ConnectionBanner() {
  const isLost = useSyncExternalStore(connection.watch, connection.lost);
  return (
    <div role="status">
      {isLost && (
        <p className="banner">
          <span className="spinner" aria-hidden="true" />
          The connection is lost. Reconnecting…
        </p>
      )}
    </div>
  );
}
