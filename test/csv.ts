/**
 * Parses CSV strictly by RFC 4180: quoted fields, doubled quotes in them, lines that end with CRLF.
 *
 * @throws if the text is malformed.
 */
export function parseCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const lines: string[][] = [];
  let line: string[] = [];
  while (field.lastIndex < text.length) {
    const from = field.lastIndex;
    const match = field.exec(text);
    if (match === null) throw new Error(`not CSV at ${from}: ${text.slice(from, from + 40)}`);
    line.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === ',') continue;
    lines.push(line);
    line = [];
  }
  return lines;
}
