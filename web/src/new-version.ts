import { connection, isReachable } from './graph/connection.ts';

const mark = 'reloaded-at';
const soonMs = 30_000;

/**
 * A part of the page could not be loaded: either the server cannot be reached, or a new version was rolled out and the
 * parts of this one are gone. Loads the page anew as soon as that helps, and not again and again where it does not.
 */
export async function replacePage(): Promise<void> {
  // An answer to what was asked before can come late: whether the page can be had now is asked now.
  while (!(await isReachable())) await untilBack();
  if (Date.now() - Number(sessionStorage.getItem(mark) ?? 0) < soonMs) return;
  sessionStorage.setItem(mark, String(Date.now()));
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
