import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { project } from '#local/command.ts';
import { alerts, panelTitles } from '#test/dashboard-and-alerts.ts';

const read = (name: string) => readFileSync(join(project, name), 'utf8');
const manifest = z.object({ version: z.string(), license: z.string() }).parse(JSON.parse(read('package.json')));

test('the licence file matches the package, and names no person', () => {
  expect(manifest.license).toBe('MIT');
  expect(read('LICENSE')).toMatch(/^MIT License\n\nCopyright \(c\) \d{4} the authors of wallet-and-orders\n/);
});

test('the changelog has the format of Keep a Changelog, newest first, and contains the package’s version', () => {
  const changelog = read('CHANGELOG.md');
  const headings = [...changelog.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!);
  const [first, ...released] = headings;
  const dates = released.map((heading) => /^\[\d+\.\d+\.\d+\] - (\d{4}-\d{2}-\d{2})$/.exec(heading)?.[1] ?? 'no date');
  const kinds = [...changelog.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);

  expect(first).toBe('[Unreleased]');
  expect(dates).not.toContain('no date');
  expect(dates).toEqual(dates.toSorted().toReversed());
  expect(released.some((heading) => heading.startsWith(`[${manifest.version}]`))).toBe(true);
  expect(['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security']).toEqual(expect.arrayContaining(kinds));
});

test('the top of the README links to docs/what-it-is.md', () => {
  const [top] = read('README.md').split('\n## ');
  expect(top).toContain('(docs/what-it-is.md)');
});

test('the runbook has a section for each alert, which names it, and the alerts have unit tests', () => {
  const [, sections = ''] = read('docs/runbook.md').split('\n## Alerts\n');
  const described = [...sections.matchAll(/^### (\w+)$/gm)].map(([, name]) => name!);
  const tested = read('deploy/observability/alerts.test.yaml');

  expect(alerts.length).toBeGreaterThan(0);
  expect(described).toEqual(expect.arrayContaining(alerts.map(({ alert }) => alert)));
  expect(described).toHaveLength(alerts.length);
  for (const { alert, runbook } of alerts) {
    expect(runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
    expect(tested).toContain(`alertname: ${alert}\n`);
  }
  for (const section of sections.split('\n### ').slice(1)) {
    expect(section).toMatch(/\*\*Means\.\*\* .+\n\*\*Look\.\*\* .+\n\*\*Do\.\*\* .+/);
  }
});

test('each panel that the runbook names in italics is in a dashboard', () => {
  const text = read('docs/runbook.md').replaceAll(/`[^`]*`/g, '');
  const named = [...text.matchAll(/(?<!\w)_([^_\n]+)_(?!\w)/g)].map(([, title]) => title!);

  expect(named).not.toEqual([]);
  expect(panelTitles).toEqual(expect.arrayContaining(named));
});

test('every internal link in the documentation has a target file, and every anchor a heading', () => {
  const pages = globSync('**/*.md', { cwd: project, exclude: ['**/node_modules', '.data', 'coverage'] });
  const broken = pages.flatMap((page) =>
    linksOf(read(page))
      .filter((link) => !hasTarget(page, link))
      .map((link) => `${page}: ${link}`),
  );

  expect(pages).toContain('docs/what-it-is.md');
  expect(broken).toEqual([]);
});

/** @returns the internal links of a page, including those of pictures. */
function linksOf(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[^]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"\s]+)"/g)]
    .map(([, link, source]) => (link ?? source)!)
    .filter((link) => !/^[a-z]+:/.test(link));
}

function hasTarget(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(project, target))) return false;
  return anchor === undefined || !target.endsWith('.md') || anchorsOf(read(target)).includes(anchor);
}

/** @returns the anchors of headings as on GitHub: lower case, without punctuation, with hyphens for spaces. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
