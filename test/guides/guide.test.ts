import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { copyProject, edited, followGuide, type ProjectCopy } from './copy.ts';
import { parseGuide } from './guide.ts';

const guideText = [
  '# Add a note',
  '```ts file=notes/first.ts',
  'export const first = 1;',
  '```',
  'The README names it:',
  '```diff file=README.md',
  ' # Wallet and orders',
  '+It has a note.',
  '@@',
  '-## Run it',
  '+## Run this',
  '```',
  '```ts',
  'first + 1; // for the reader',
  '```',
  '```sh',
  'node notes/first.ts',
  '```',
  '',
].join('\n');

describe('a guide', () => {
  test('is the steps of its blocks, in their order, and counts the files that an engineer touches', () => {
    const { steps, files } = parseGuide('note', guideText);

    expect(steps.map(({ kind }) => kind)).toEqual(['create', 'edit', 'run']);
    expect(files).toEqual(['notes/first.ts', 'README.md']);
  });

  test('is refused where a block or a line has no meaning', () => {
    expect(() => parseGuide('note', '```ts append=x.ts\n```\n')).toThrow('file=<path>');
    expect(() => parseGuide('note', '```diff file=x.ts\nunmarked\n```\n')).toThrow('unmarked');
  });
});

describe('a copy of the project', () => {
  let copy: ProjectCopy;
  beforeAll(() => {
    copy = copyProject();
  });
  afterAll(() => copy.remove());

  test('is changed by the steps of a guide, and only once', async () => {
    const guide = parseGuide('note', guideText);
    await followGuide(guide, copy);

    const readme = readFileSync(join(copy.folder, 'README.md'), 'utf8');
    expect(readme).toMatch(/^# Wallet and orders\nIt has a note\.\n/);
    expect(readme).toContain('\n## Run this\n');
    expect(existsSync(join(copy.folder, 'notes/first.ts'))).toBe(true);
    await expect(followGuide(guide, copy)).rejects.toThrow('notes/first.ts is not a new file');
  });

  test('runs commands, and reports what a command that fails writes', async () => {
    await expect(copy.run('node', '--print', '1 + 1')).resolves.toBe('2\n');
    await expect(copy.run('node', '--eval', 'console.error("why"); process.exit(1)')).rejects.toThrow('why');
  });

  test('refuses an edit of lines that are missing, or occur twice', () => {
    expect(() => edited('a\n', { before: 'b\n', after: 'c\n' }, 'x.ts')).toThrow('does not have');
    expect(() => edited('a\na\n', { before: 'a\n', after: 'c\n' }, 'x.ts')).toThrow('more than once');
    expect(() => edited('aa\n', { before: 'a\n', after: 'c\n' }, 'x.ts')).toThrow('does not have');
    expect(edited('a\nb\n', { before: 'b\n', after: '$&\n' }, 'x.ts')).toBe('a\n$&\n');
  });
});
