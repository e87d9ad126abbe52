const maxLineLength = 96;

/** Formats JSON for readers: a value that fits on a line is one line, others have a line for each part. */
export function showJson(value: unknown): string {
  return show(value, 0);
}

function show(value: unknown, usedWidth: number): string {
  const line = onOneLine(value);
  if (usedWidth + line.length <= maxLineLength || typeof value !== 'object' || value === null) return line;
  if (Array.isArray(value))
    return block(
      '[',
      value.map((item) => show(item, 2)),
      ']',
    );
  const parts = Object.entries(value).map(([name, item]) => {
    const label = `${JSON.stringify(name)}: `;
    return label + show(item, label.length + 2);
  });
  return block('{', parts, '}');
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const parts = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${onOneLine(item)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function block(opening: string, parts: readonly string[], closing: string): string {
  const inside = parts.map((part) => `  ${part.replaceAll('\n', '\n  ')}`);
  return [opening, inside.join(',\n'), closing].join('\n');
}
