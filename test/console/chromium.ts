import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserServer, chromium, type LaunchOptions } from 'playwright-core';
import { project } from '#local/command.ts';
import { sharedResource } from '#test/shared-resource.ts';

/** The browser that all tests of a run share. Closing it closes only what the test has opened in it. */
export async function sharedChromium(): Promise<Browser> {
  const { endpoint } = (await sharedResource('/browser')) as { endpoint: string };
  return await chromium.connect(endpoint);
}

/** Starts a browser that only the caller uses. */
export async function launchChromium(): Promise<Browser> {
  return await chromium.launch(options());
}

/** A browser that other processes connect to. */
export async function serveChromium(): Promise<BrowserServer> {
  return await chromium.launchServer({ ...options(), host: '127.0.0.1', handleSIGINT: false });
}

/**
 * Options for a Chromium from npm, with the libraries and fonts that a bare Linux lacks. It runs on Linux on x64 without
 * an installation. On other machines CHROMIUM_PATH names an installed browser.
 */
function options(): LaunchOptions {
  const installed = process.env['CHROMIUM_PATH'];
  if (installed !== undefined) return { executablePath: installed };
  const folder = unpacked();
  return {
    executablePath: join(folder, 'chromium'),
    // The tests open only pages of this machine, and Chromium has no sandbox for root.
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    env: {
      ...definedOnly(process.env),
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  };
}

/** The folder of the unpacked browser, which is unpacked once for each version. */
function unpacked(): string {
  const { version } = JSON.parse(
    readFileSync(join(project, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  ) as { version: string };
  const parent = join(project, '.data', 'chromium');
  const folder = join(parent, version);
  if (existsSync(folder)) return folder;
  mkdirSync(parent, { recursive: true });
  const fresh = mkdtempSync(join(parent, 'fresh-'));
  try {
    const script = fileURLToPath(new URL('unpack-chromium.ts', import.meta.url));
    execFileSync(process.execPath, [script], { env: { ...process.env, TMPDIR: fresh }, stdio: 'inherit' });
    for (const path of [fresh, join(fresh, 'chromium')]) chmodSync(path, 0o755);
    renameSync(fresh, folder);
  } catch (error) {
    // Another process may have unpacked the browser in the meantime.
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
