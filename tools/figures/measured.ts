/** Figures from the tables in docs/performance.md, which come from `npm run bench`. */

export interface Measured {
  /** The number at the start of a cell, such as 19031 in "19,031 (18,976 to 19,469)". */
  readonly cell: (table: string, row: string, column: string) => number;
  /** The measured values of all figures whose names match, such as 5.94 in "5.94 ×". */
  readonly figures: (name: RegExp) => readonly number[];
}

export function readMeasured(page: string): Measured {
  const sections = page.split(/^#{2,3} /m).map((section) => {
    const lines = section.split('\n');
    const rows = lines.filter((line) => line.startsWith('|')).map(cellsOf);
    return { title: lines[0]!, head: rows[0] ?? [], rows: rows.slice(2) };
  });
  return {
    cell: (table, name, column) => {
      const section = sections.find(({ title }) => title === table);
      const cell = section?.rows.find(([first]) => first === name)?.[section.head.indexOf(column)];
      if (cell === undefined) throw new Error(`docs/performance.md has no "${column}" of "${name}" in "${table}"`);
      return numberOf(cell);
    },
    figures: (name) => {
      const rows = sections.filter(({ head }) => head[0] === 'figure').flatMap(({ rows }) => rows);
      const found = rows.filter(([first = '']) => name.test(first)).map(([, measured = '']) => numberOf(measured));
      if (found.length === 0) throw new Error(`docs/performance.md has no figure ${String(name)}`);
      return found;
    },
  };
}

/** The cells of a line of a Markdown table. */
export function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function numberOf(cell: string): number {
  const value = Number.parseFloat(cell.replaceAll(',', ''));
  if (Number.isNaN(value)) throw new Error(`"${cell}" is not a number`);
  return value;
}
