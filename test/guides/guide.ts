import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '#local/command.ts';

/**
 * A guide in docs/extending/ is a page that a test can follow. Its fenced blocks are the steps, in the order of the page:
 *
 * - "```ts file=jobs/queues/x.ts": a new file with this content. Any language will do.
 * - "```diff file=jobs/chains.ts": changes to a file that is there. Lines begin with a space (context), `-` (removed) or
 *   `+` (added). A line that begins with `@@` separates two places of the same file. The context and the removed lines of
 *   a place occur exactly once in the file; name enough of them.
 * - "```sh": commands, one a line, run in the project's folder. Files that they generate are not counted.
 *
 * A block of any other form, such as "```ts" without `file=`, is for the reader alone.
 */
export interface Guide {
  readonly name: string;
  readonly text: string;
  readonly steps: readonly Step[];
  /** The files that an engineer creates or edits, without those that a command generates. */
  readonly files: readonly string[];
}

export type Step =
  | { readonly kind: 'create'; readonly file: string; readonly content: string }
  | { readonly kind: 'edit'; readonly file: string; readonly hunks: readonly Hunk[] }
  | { readonly kind: 'run'; readonly command: string };

/** One place of a file: the lines that are there, and the lines that replace them. */
export interface Hunk {
  readonly before: string;
  readonly after: string;
}

/** @param name of the page in docs/extending/, without `.md`. */
export function readGuide(name: string): Guide {
  return parseGuide(name, readFileSync(join(project, 'docs/extending', `${name}.md`), 'utf8'));
}

/** @throws if a block's attributes or a line of a diff are malformed. */
export function parseGuide(name: string, text: string): Guide {
  const steps = [...text.matchAll(/^```(\w+)([^\n]*)\n([^]*?)^```$/gm)].flatMap(([, language, attributes, content]) =>
    stepsOf(language!, attributes!.trim(), content!),
  );
  const files = steps.flatMap((step) => (step.kind === 'run' ? [] : [step.file]));
  return { name, text, steps, files: [...new Set(files)] };
}

function stepsOf(language: string, attributes: string, content: string): Step[] {
  if (attributes === '') return language === 'sh' ? commandsOf(content) : [];
  const file = /^file=([\w./-]+)$/.exec(attributes)?.[1];
  if (file === undefined) throw new Error(`a block's attributes must be file=<path>, not ${attributes}`);
  if (language !== 'diff') return [{ kind: 'create', file, content }];
  return [{ kind: 'edit', file, hunks: content.split(/^@@.*\n/m).map(hunkOf) }];
}

function commandsOf(content: string): Step[] {
  const lines = content.split('\n').filter((line) => line !== '');
  return lines.map((command) => ({ kind: 'run', command }));
}

function hunkOf(text: string): Hunk {
  const lines = text.split('\n').slice(0, -1);
  const malformed = lines.find((line) => !/^(?:[ +-]|$)/.test(line));
  if (malformed !== undefined) throw new Error(`a line of a diff begins with a space, + or -: ${malformed}`);
  const without = (mark: string) =>
    lines
      .filter((line) => !line.startsWith(mark))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  return { before: without('+'), after: without('-') };
}
