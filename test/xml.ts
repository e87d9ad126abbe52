/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const decoded = (text: string) => text.replaceAll(/&(\w+);/g, (_entity, name: string) => entities[name]!);

/**
 * Parses XML without comments, CDATA and namespaces' prefixes.
 *
 * @throws if the text is malformed, or has a character that XML 1.0 forbids.
 */
export function parseXml(text: string): XmlElement {
  if (/[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text.replaceAll('\n', ''))) throw new Error('not XML');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<\?[^?]*\?>|<(\/?)([\w]+)((?: [\w]+="[^"<]*")*)>|([^<]+)/y;
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new Error(`not XML at ${from}: ${text.slice(from, from + 60)}`);
    const [, slash, name, attributes = '', content] = match;
    if (content !== undefined) open.at(-1)!.text += decoded(content);
    else if (slash === '/') {
      if (open.pop()!.name !== name) throw new Error(`</${name}> closes another element`);
    } else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key!, decoded(value!)]);
      const element = { name, attributes: Object.fromEntries(pairs) as Record<string, string>, children: [], text: '' };
      open.at(-1)!.children.push(element);
      open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one element');
  return root.children[0]!;
}

/** All elements at a path of names below an element. */
export function elementsAt(element: XmlElement, ...path: readonly string[]): XmlElement[] {
  return path.reduce(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [element],
  );
}

/** The text of the first element at a path; undefined if there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  return elementsAt(element, ...path)[0]?.text;
}
