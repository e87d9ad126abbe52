/**
 * A region is a part of a hand-written file that `npm run manifests` writes: the lines between
 * `# name: written by npm run manifests` and `# end of name`. The mark sets the indentation of the lines.
 */
export type Regions = Readonly<Record<string, string>>;

export const regionStart = (name: string) => `# ${name}: written by npm run manifests`;
export const regionEnd = (name: string) => `# end of ${name}`;

/**
 * Fills in the regions of a file.
 *
 * @param regions the text of each region by its name, not indented.
 * @throws if a region is absent or has no end.
 */
export function withRegions(text: string, regions: Regions): string {
  return Object.entries(regions).reduce((filled, [name, content]) => withRegion(filled, name, content), text);
}

function withRegion(text: string, name: string, content: string): string {
  const region = new RegExp(`^( *)${regionStart(name)}\n(?:(?! *# end of )[^\n]*\n)*? *${regionEnd(name)}$`, 'gm');
  const marks = text.split(`${regionStart(name)}\n`).length - 1;
  const found = text.match(region)?.length ?? 0;
  if (found === 0 || found !== marks) throw new Error(`The region "${name}" is absent or has no end`);
  return text.replace(region, (_all, indent: string) =>
    [regionStart(name), ...content.trimEnd().split('\n'), regionEnd(name)]
      .map((line) => (line === '' ? '' : `${indent}${line}`))
      .join('\n'),
  );
}
