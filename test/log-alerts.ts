interface Line {
  readonly name: string;
  readonly level: string;
  readonly msg: string;
  readonly reason?: string | null;
  readonly err?: { readonly message: string };
}

const quietLevels = new Set(['trace', 'debug', 'info']);

/** Parses a log line. Other lines are warnings of Node. */
function lineOf(text: string): Line | string {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return text;
  }
}

/** The router logs this if the shared count of rate limits takes longer than a quarter of a second. */
const busyMachine = 'rate limits are counted by this router alone';

/** @returns the log lines that would alert an operator, shortened. */
export function alertsIn(lines: readonly string[]) {
  return lines
    .map((text) => lineOf(text))
    .filter((line) => typeof line === 'string' || !quietLevels.has(line.level) || line.err !== undefined)
    .filter((line) => typeof line === 'string' || line.msg !== busyMachine)
    .map((line) => (typeof line === 'string' ? line : shortened(line)));
}

function shortened({ name, level, msg, err, reason = err?.message ?? null }: Line) {
  return { name, level, msg, reason };
}
