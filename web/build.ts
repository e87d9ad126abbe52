import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/**
 * `npm run web:build` builds the web console into web/dist, with everything compressed beside itself. `npm start` and
 * the tests call it, too, and it does nothing where what is there was built from what the sources are now.
 */

const project = fileURLToPath(new URL('../', import.meta.url));
const sources = join(project, 'web');
const target = join(sources, 'dist');
/** Names what a build was made from. */
const stamp = '.built-from';
const besidesSources = ['package-lock.json'];
const notSources = ['dist', 'node_modules'];
const compressible = new Set(['.html', '.js', '.css', '.svg']);

/**
 * Builds in a process of its own, whose memory goes with it. Where the tools are not installed, what was built before
 * stays.
 */
export async function buildWebIfStale(): Promise<void> {
  if (!needsWebBuild()) return;
  await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url)]);
}

/** Whether `buildWebIfStale` would build. */
export function needsWebBuild(): boolean {
  return existsSync(join(project, 'node_modules', 'vite')) && isStale();
}

function isStale(): boolean {
  return readIfThere(join(target, stamp)) !== digestOfSources();
}

/** Builds beside the target and then takes its place, so that nobody ever reads half a console. */
async function buildWeb(): Promise<void> {
  const digest = digestOfSources();
  const { build } = await import('vite');
  const fresh = `${target}.${randomBytes(4).toString('hex')}`;
  const old = `${fresh}.old`;
  try {
    await build({
      configFile: join(sources, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: fresh },
    });
    for (const file of filesIn(fresh)) compress(join(fresh, file));
    writeFileSync(join(fresh, stamp), digest);
    if (existsSync(target)) renameSync(target, old);
    renameSync(fresh, target);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

function compress(path: string): void {
  if (!compressible.has(extname(path))) return;
  const content = readFileSync(path);
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
  );
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  const files = [
    ...besidesSources.map((name) => join(project, name)),
    ...filesIn(sources)
      .filter((name) => !notSources.some((folder) => name.split(sep)[0]?.startsWith(folder) === true))
      .map((name) => join(sources, name)),
  ];
  for (const file of files) hash.update(`${file.slice(project.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

function readIfThere(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

if (import.meta.main) {
  if (isStale()) {
    // Whatever the caller's is: another one makes a build for development.
    process.env['NODE_ENV'] = 'production';
    await buildWeb();
    console.log('Built the web console into web/dist.');
  } else console.log('Nothing to build: web/dist is up to date.');
}
