import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface GeneratedFile {
  readonly file: URL;
  /** The text that the file must have. */
  readonly text: string;
}

/** Those of the files whose text on disk is another one. */
export function staleFilesOf(files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.filter(({ file, text }) => readIfThere(file) !== text);
}

/** Writes the files that are stale and prints which ones, or that none was. */
export function writeFiles(files: readonly GeneratedFile[]): void {
  const stale = staleFilesOf(files);
  for (const { file, text } of stale) {
    writeFileSync(file, text);
    console.log(`Wrote ${nameOf(file)}.`);
  }
  if (stale.length === 0)
    console.log(`Nothing to write: ${files.map(({ file }) => nameOf(file)).join(', ')} up to date.`);
}

/** The path as a person in the project's folder would type it. */
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
