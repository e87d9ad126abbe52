import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

/** The console's files, from a small build in a folder with a relative path. */

const page = '<!doctype html><title>One</title>';
const nextPage = '<!doctype html><title>Two</title>';

let router: RunningRouter;
let folder: string;

/** Writes a file as an image build does: with one modification time for all releases. */
function writeNormalized(name: string, content: string): void {
  writeFileSync(join(folder, name), content);
  utimesSync(join(folder, name), 0, 0);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'console-'));
  mkdirSync(join(folder, 'assets'));
  writeNormalized('index.html', page);
  writeNormalized('theme.js', 'one()');
  writeNormalized('assets/main-1.js', 'main()');
  router = await startRouterWithDoubles({}, { CONSOLE_FOLDER: relative(process.cwd(), folder) });
});
afterAll(async () => {
  await router.stop();
  rmSync(folder, { recursive: true });
});

const get = async (path: string, headers: Record<string, string> = {}) =>
  await router.request(path, { headers: { 'cache-control': 'max-age=0', ...headers } });

const revalidations = [
  { 'if-none-match': '*' },
  { 'if-modified-since': new Date().toUTCString() },
  { 'if-unmodified-since': new Date(0).toUTCString() },
  { 'if-match': '"other"' },
  { range: 'bytes=0-3' },
  { range: 'bytes=900-' },
];

test.each(revalidations)(
  'an unknown path has the whole page and 404, whatever the browser has: %j',
  async (headers) => {
    const known = (await get('/orders')).headers.get('etag')!;
    for (const more of [{}, { 'if-none-match': known }]) {
      const { status, text, headers: received } = await get('/unknown', { accept: 'text/html', ...more, ...headers });

      expect([status, text, received.get('etag')]).toEqual([404, page, null]);
      expect(received.get('content-security-policy')).toContain("default-src 'none'");
    }
  },
);

test('an unknown asset has the usual error, also for a browser', async () => {
  const answer = await get('/assets/main-2.js', { accept: 'text/html' });

  expect(answer).toMatchObject({ status: 404, errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  expect((await get('/assets/main-1.js')).text).toBe('main()');
});

describe('after a release with files of the same size and time', () => {
  test.each([
    ['/orders', 'index.html', page, nextPage],
    ['/theme.js', 'theme.js', 'one()', 'two()'],
  ])('a browser gets the new content: %s', async (path, name, before, after) => {
    const old = await get(path);
    const modified = old.headers.get('last-modified');
    const validators = {
      'if-none-match': old.headers.get('etag') ?? '"none"',
      ...(modified === null ? {} : { 'if-modified-since': modified }),
    };
    writeNormalized(name, after);
    const released = await get(path, validators);
    writeNormalized(name, before);

    expect([old.text, released.status, released.text]).toEqual([before, 200, after]);
  });

  test.each(['TAG', 'W/TAG', '"a", W/TAG', '*'])('a browser that has the page gets no body: %s', async (listed) => {
    const { headers } = await get('/orders');
    const etag = headers.get('etag')!;
    const again = await get('/orders', { 'if-none-match': listed.replace('TAG', etag) });

    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
  });
});
