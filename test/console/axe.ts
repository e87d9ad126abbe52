import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** The rules of axe whose result depends on the theme. */
const rulesOfColour = ['color-contrast', 'link-in-text-block'];

/** @returns a sentence for each violation of axe's default rules, or of the given rules. */
async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  const { violations } = await page.evaluate(
    async (options) =>
      await (
        globalThis as unknown as { axe: { run: (context: object, options: object) => Promise<AxeResults> } }
      ).axe.run(
        // The component library announces changes from it.
        { exclude: ['[data-live-announcer]'] },
        options,
      ),
    rules === undefined ? {} : { runOnly: { type: 'rule', values: rules } },
  );
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** The violations of a page in the light theme, in the dark theme, and at the width of the narrowest phone. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const inLight = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const inDark = await violations(page, rulesOfColour);
  const roomy = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  await page.setViewportSize(roomy);
  await page.emulateMedia({ colorScheme: 'light' });
  return [
    ...inLight,
    ...inDark,
    ...(content > window ? [`content of ${content} pixels in a window of ${window}`] : []),
  ];
}
