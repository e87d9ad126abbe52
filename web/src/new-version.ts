import { connection, isReachable } from './graph/connection.ts';

const reloadedAtKey = 'reloaded-at';
const leastBetweenReloadsMs = 30_000;

/**
 * Reloads the page after a part of it could not be loaded: the server was unreachable, or a new version has replaced the
 * parts of this one. Waits until the server can be reached, and reloads at most once in 30 seconds.
 */
export async function replacePage(): Promise<void> {
  // A late answer to an earlier request says nothing about the server now.
  while (!(await isReachable())) await untilBack();
  if (Date.now() - Number(sessionStorage.getItem(reloadedAtKey) ?? 0) < leastBetweenReloadsMs) return;
  sessionStorage.setItem(reloadedAtKey, String(Date.now()));
  location.reload();
}

async function untilBack(): Promise<void> {
  await new Promise<void>((resolve) => {
    const stop = connection.watch(() => {
      if (connection.lost()) return;
      stop();
      resolve();
    });
  });
}
