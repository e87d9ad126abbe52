import { text as readText } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';

/**
 * Draws terminal output with its colours as an SVG, from standard input to standard output. The output is split into
 * columns at empty lines.
 */

const columns = 3;
const columnWidthChars = 112;
const charWidthPx = 7.25;
const lineHeightPx = 17;
const marginPx = 20;
const escapeCharacter = String.fromCodePoint(27);

/** SVG styles by terminal code; other codes are drawn as plain text. */
const styles: Readonly<Record<string, string>> = {
  '1': 'font-weight="bold" fill="#ffffff"',
  '2': 'fill="#8b949e"',
  '31': 'fill="#ff7b72"',
  '32': 'fill="#7ee787"',
  '36': 'fill="#79c0ff"',
};

const blocks = (await readText(process.stdin)).trim().split('\n\n');
process.stdout.write(draw(inColumns(blocks.map((block) => block.split('\n').flatMap(wrap)))));

/** Breaks a line into rows of a column. A line that long loses its colours. */
function wrap(line: string): string[] {
  if (stripVTControlCharacters(line).length <= columnWidthChars) return [line];
  const plain = stripVTControlCharacters(line);
  return Array.from({ length: Math.ceil(plain.length / columnWidthChars) }, (_, row) =>
    plain.slice(row * columnWidthChars, (row + 1) * columnWidthChars),
  );
}

/** Distributes the blocks evenly over the columns. @returns the rows of each column. */
function inColumns(blocks: readonly (readonly string[])[]): string[][] {
  const spaced = blocks.map((block) => [...block, '']);
  const rowsPerColumn = spaced.flat().length / columns;
  const filled: string[][] = Array.from({ length: columns }, () => []);
  let rowsBefore = 0;
  for (const block of spaced) {
    const column = Math.min(Math.floor((rowsBefore + block.length / 2) / rowsPerColumn), columns - 1);
    filled[column]!.push(...block);
    rowsBefore += block.length;
  }
  return filled;
}

function draw(filled: readonly (readonly string[])[]): string {
  const columnWidthPx = columnWidthChars * charWidthPx + marginPx;
  const widthPx = columns * columnWidthPx + marginPx;
  const heightPx = Math.max(...filled.map((rows) => rows.length)) * lineHeightPx + marginPx;
  const drawn = filled.flatMap((rows, column) =>
    rows.flatMap((row, index) => {
      const x = marginPx + column * columnWidthPx;
      const y = marginPx + (index + 0.75) * lineHeightPx;
      return row === '' ? [] : [`<text x="${x}" y="${y}">${drawRow(row)}</text>`];
    }),
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${widthPx} ${heightPx}" width="${widthPx}" height="${heightPx}">`,
    '<style>text { white-space: pre; font: 12px monospace; fill: #d0d7de }</style>',
    '<rect width="100%" height="100%" rx="8" fill="#0d1117"/>',
    ...drawn,
    '</svg>\n',
  ].join('\n');
}

function drawRow(row: string): string {
  const [first = '', ...coded] = row.split(escapeCharacter);
  const pieces = coded.map((piece) => {
    const [, code = '', rest = ''] = piece.match(/^\[(\d+)m(.*)$/) ?? [];
    const [style, text] = [styles[code], escapeXml(rest)];
    return style === undefined || text === '' ? text : `<tspan ${style}>${text}</tspan>`;
  });
  return [escapeXml(first), ...pieces].join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
