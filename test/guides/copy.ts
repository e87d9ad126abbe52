import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { project } from '#local/command.ts';
import type { Guide, Hunk, Step } from './guide.ts';

/** A copy of the project in a temporary folder. It shares the installed packages through a link. */
export interface ProjectCopy {
  readonly folder: string;
  /** Runs a program of the packages, or any other, in the copy. Returns what it writes to standard output. */
  readonly run: (program: string, ...args: readonly string[]) => Promise<string>;
  readonly remove: () => void;
}

const notCopied = new Set(['node_modules', '.git', '.data', '.env', 'coverage', 'dist']);

export function copyProject(): ProjectCopy {
  const folder = mkdtempSync(join(tmpdir(), 'guide-'));
  cpSync(project, folder, { recursive: true, filter: (source) => !notCopied.has(basename(source)) });
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return {
    folder,
    run: async (program, ...args) => await run(folder, program, args),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Longer than any step takes, also on a machine that does much else. */
const timeoutMs = 5 * 60_000;

async function run(folder: string, program: string, args: readonly string[]): Promise<string> {
  const path = [join(folder, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const options = { cwd: folder, env: { ...process.env, PATH: path }, timeout: timeoutMs, maxBuffer: 32 * 1024 * 1024 };
  return await new Promise((resolve, reject) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${args.join(' ')} failed:\n${stdout}\n${stderr}`));
    });
  });
}

/**
 * Does each step of a guide in a copy of the project.
 *
 * @throws if a step does not fit: a new file exists, the lines of a diff are not there or not unique, a command fails.
 */
export async function followGuide({ steps }: Guide, copy: ProjectCopy): Promise<void> {
  for (const step of steps) await takeStep(step, copy);
}

/** Does the steps of several guides in one copy: their files first, then each command once, and those of types at last. */
export async function followGuides(guides: readonly Guide[], copy: ProjectCopy): Promise<void> {
  const steps = guides.flatMap((guide) => guide.steps);
  const commands = new Set(steps.flatMap((step) => (step.kind === 'run' ? [step.command] : [])));
  const ofTypes = [...commands].filter((command) => command.endsWith('check:types'));
  for (const step of steps) if (step.kind !== 'run') await takeStep(step, copy);
  for (const command of [...commands].filter((one) => !ofTypes.includes(one)).concat(ofTypes))
    await takeStep({ kind: 'run', command }, copy);
}

async function takeStep(step: Step, { folder, run }: ProjectCopy): Promise<void> {
  if (step.kind === 'run') {
    const [program, ...args] = step.command.split(' ');
    await run(program!, ...args);
    return;
  }
  const path = join(folder, step.file);
  if (step.kind === 'edit') {
    const plain = step.file.endsWith('.md') ? withoutPadding : (text: string) => text;
    const hunks = step.hunks.map(({ before, after }) => ({ before: plain(before), after: plain(after) }));
    writeFileSync(
      path,
      hunks.reduce((text, hunk) => edited(text, hunk, step.file), plain(readFileSync(path, 'utf8'))),
    );
    return;
  }
  if (existsSync(path)) throw new Error(`${step.file} is not a new file`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, step.content);
}

/** Tables of Markdown without the spaces that align their columns: one longer row moves those of all others. */
const withoutPadding = (text: string) => text.replaceAll(/ +\|/g, ' |');

/** Replaces whole lines. */
export function edited(text: string, { before, after }: Hunk, file: string): string {
  const lines = `\n${text}`;
  const first = lines.indexOf(`\n${before}`);
  if (before === '' || first === -1) throw new Error(`${file} does not have these lines:\n${before}`);
  if (lines.includes(`\n${before}`, first + 1)) throw new Error(`${file} has these lines more than once:\n${before}`);
  return lines.replace(`\n${before}`, () => `\n${after}`).slice(1);
}
