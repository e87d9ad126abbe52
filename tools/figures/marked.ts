/**
 * `npm run figures` writes the marked parts of pages:
 *
 * - a block, between `<!-- name: written by npm run figures -->` and `<!-- end of name -->`
 * - a value, between `<!-- = name -->` and `<!-- / -->`
 */

/**
 * Fills in the marked parts of a page.
 *
 * @param contents the Markdown of each part, by its name.
 * @throws if a mark has an unknown name, or a block has no end.
 */
export function filledIn(page: string, contents: Readonly<Record<string, string>>): string {
  const contentsOf = (name: string) => {
    const text = contents[name];
    if (text === undefined) throw new Error(`A page has a mark for "${name}", which has no contents`);
    return text;
  };
  const block = /(<!-- ([\w-]+): written by npm run figures -->\n)(?:(?!<!-- end of )[^])*(<!-- end of \2 -->)/g;
  const value = /(<!-- = ([\w-]+) -->)[^<]*(<!-- \/ -->)/g;
  const filled = page
    .replaceAll(block, (_all, start: string, name: string, end: string) => `${start}\n${contentsOf(name)}\n\n${end}`)
    .replaceAll(value, (_all, start: string, name: string, end: string) => `${start}${contentsOf(name)}${end}`);
  const starts = page.match(/: written by npm run figures -->/g)?.length ?? 0;
  if (starts !== (page.match(block)?.length ?? 0)) throw new Error('A marked block has no end of the same name');
  return filled;
}
