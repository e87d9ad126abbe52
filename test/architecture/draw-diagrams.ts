import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { pictureFolder, readDiagrams, sourceMark } from '../../tools/diagrams/pictures.ts';
import { launchChromium } from '../console/chromium.ts';

/**
 * `npm run diagrams` draws the diagrams of docs/architecture: Mermaid in a browser, once in its light theme and once in
 * its dark one, since a picture has to be readable on either background. It shows the one that the viewer prefers.
 */

const mermaid = fileURLToPath(import.meta.resolve('@mermaid-js/tiny/dist/mermaid.tiny.js'));
const fontFamily = '"Open Sans", "Noto Sans", "Segoe UI", Helvetica, Arial, sans-serif';
const backgrounds = { default: '#ffffff', dark: '#22272e' } as const;
type Theme = keyof typeof backgrounds;

mkdirSync(pictureFolder, { recursive: true });
const browser = await launchChromium();
const page = await browser.newPage();
for (const { name, source, picture } of readDiagrams()) {
  const light = await draw(page, source, 'default');
  const dark = await draw(page, source, 'dark');
  writeFileSync(picture, pictureOf(light, dark, source));
  console.log(name);
}
await browser.close();

/** What the page has been given by Mermaid's script. */
interface MermaidPage {
  readonly mermaid: {
    readonly initialize: (config: object) => void;
    readonly render: (id: string, source: string) => Promise<{ readonly svg: string }>;
  };
}

async function draw(page: Page, source: string, theme: Theme): Promise<string> {
  await page.goto('about:blank');
  await page.addScriptTag({ path: mermaid });
  return await page.evaluate(
    async ([source, theme, fontFamily]) => {
      const { mermaid } = globalThis as unknown as MermaidPage;
      const sequence = { actorMargin: 16, width: 104, height: 48, messageMargin: 28, mirrorActors: false };
      mermaid.initialize({ startOnLoad: false, theme, fontFamily, deterministicIds: true, sequence });
      const { svg } = await mermaid.render('diagram', source);
      const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
      const fault = parsed.querySelector('parsererror');
      if (fault !== null) throw new Error(fault.textContent);
      return new XMLSerializer().serializeToString(parsed);
    },
    [source, theme, fontFamily] as const,
  );
}

/** The light drawing on its background, and the dark one's colours for those who prefer them. */
function pictureOf(light: string, dark: string, source: string): string {
  const [, x, y, width, height] = /viewBox="(\S+) (\S+) (\S+) (\S+)"/.exec(light)!;
  const style = [
    `.background { fill: ${backgrounds.default} }`,
    `@media (prefers-color-scheme: dark) { .background { fill: ${backgrounds.dark} } ${styleOf(dark)} }`,
  ].join('\n');
  const background = `<rect class="background" x="${x}" y="${y}" width="${width}" height="${height}"/>`;
  return `${light
    .replace(/<svg [^>]*>/, (opening) => sized(opening, width!, height!, source) + background)
    .replace('</style>', () => `\n${style}</style>`)}\n`;
}

function sized(opening: string, width: string, height: string, source: string): string {
  return opening
    .replace(/ style="[^"]*"/, '')
    .replace('width="100%"', `width="${width}" height="${height}" ${sourceMark(source)}`);
}

function styleOf(svg: string): string {
  return /<style>(.*?)<\/style>/s.exec(svg)![1]!;
}
