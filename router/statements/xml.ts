const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 forbids in any form, and line ends, which a parser would change. */
const forbidden = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** Returns a text as the content of an element or attribute. Forbidden characters become spaces. */
export function xmlText(text: string): string {
  return text.replace(forbidden, ' ').replaceAll(/[&<>"]/g, (sign) => entities[sign]!);
}

/** Returns an element. Its parts are XML; null stands for a part that is left out. */
export function element(name: string, ...parts: readonly (string | null)[]): string {
  return `<${name}>${parts.filter((part) => part !== null).join('')}</${name}>`;
}

/** Returns an element with a text; null where there is no text. */
export function textElement(name: string, text: string | null): string | null {
  return text === null ? null : element(name, xmlText(text));
}

/** Splits a text into parts of at most this many characters. A character is never split. */
export function partsOf(text: string, longest: number): string[] {
  const characters = Array.from(text);
  return Array.from({ length: Math.ceil(characters.length / longest) }, (_part, index) =>
    characters.slice(index * longest, (index + 1) * longest).join(''),
  );
}
