import { unprintable } from '../validation/characters.ts';

/**
 * Makes a customer's words safe to show in a message: on one line, without control characters and direction overrides,
 * and without any text that a mail program turns into a link. Readers can still see what was written.
 *
 * Mail programs make links of web addresses with or without a scheme, of email addresses, and of schemes such as `tel:`.
 * Amounts such as `12.50` stay as they are.
 */
export function inert(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(unprintable, ' ')
    .replaceAll(dots, '.')
    .replaceAll(/(?<=\S)\.(?=\S)(?!(?<=\d\.)\d)/gu, '[.]')
    .replaceAll(/(?<=\S)@(?=\S)/gu, '[@]')
    .replaceAll(/(?<=[\p{L}\p{N}+.-]):(?=\D)(?=\S)/gu, ': ')
    .replaceAll(/[\\/](?=[\\/])/gu, '$& ')
    .replaceAll(/(?<=\b(?:tel|sms|callto|fax|skype|geo)):(?=\S)/giu, ': ');
}

/** The characters that browsers read as the dot of a domain (UTS 46, 4), after compatible forms are replaced. */
const dots = /[\u3002\uFF0E\uFF61\u2024]/gu;

/** Makes each line of a message inert, and keeps the lines. */
export function inertLines(text: string): string {
  return text.split('\n').map(inert).join('\n');
}

/** Quotes a customer's words as theirs: each line begins with `> `, so that none looks like a paragraph of the message. */
export function quoted(text: string): string {
  const lines = text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/u);
  return lines.map((line) => `> ${line.replaceAll(unprintable, ' ')}`.trimEnd()).join('\n');
}
