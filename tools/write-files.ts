import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface GeneratedFile {
  readonly file: URL;
  /** The text that the file must have. */
  readonly text: string;
}

/** @returns the files whose text on disk differs. */
export function staleFilesOf(files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.filter(({ file, text }) => readIfThere(file) !== text);
}

/** Writes the stale files and prints their names. */
export function writeFiles(files: readonly GeneratedFile[]): void {
  const stale = staleFilesOf(files);
  for (const { file, text } of stale) {
    writeFileSync(file, text);
    console.log(`Wrote ${nameOf(file)}.`);
  }
  if (stale.length === 0)
    console.log(`Nothing to write: ${files.map(({ file }) => nameOf(file)).join(', ')} up to date.`);
}

/** @returns the path relative to the project's folder. */
export function nameOf(file: URL): string {
  return relative(fileURLToPath(new URL('..', import.meta.url)), fileURLToPath(file));
}

function readIfThere(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
