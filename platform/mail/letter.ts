/** A part of a message: a paragraph, a link on a line of its own, or a code that the reader types. */
export type LetterPart = string | LetterLink | LetterCode;

export interface LetterLink {
  readonly label: string;
  readonly url: string;
}

export interface LetterCode {
  readonly code: string;
}

/** The plain text of a message. */
export function letterText(parts: readonly LetterPart[]): string {
  return parts.map(partText).join('\n\n');
}

/** The HTML of the same message. It contains no image, style or script. */
export function letterHtml(parts: readonly LetterPart[]): string {
  return `<!doctype html>\n<html lang="en">\n<body>\n${parts.map(partHtml).join('\n')}\n</body>\n</html>\n`;
}

/** The parts of a message that is stored as plain text: one for each paragraph. */
export function partsOf(text: string): string[] {
  return text.split('\n\n');
}

function partText(part: LetterPart): string {
  if (typeof part === 'string') return part;
  return 'code' in part ? part.code : `${part.label}:\n${part.url}`;
}

function partHtml(part: LetterPart): string {
  if (typeof part === 'string') return `<p>${escapeHtml(part).replaceAll('\n', '<br>\n')}</p>`;
  if ('code' in part) return `<p><strong>${escapeHtml(part.code)}</strong></p>`;
  return `<p><a href="${escapeHtml(part.url)}">${escapeHtml(part.label)}</a></p>`;
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
