import { readFileSync } from 'node:fs';

/** The names of all settings, of every process and command, as `.env.example` lists them. */
export function knownSettings(): ReadonlySet<string> {
  return (known ??= new Set(listed()));
}

let known: ReadonlySet<string> | undefined;

function listed(): string[] {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  return [...text.matchAll(/^(?:# )?([A-Z][A-Z\d_]*)=/gm)].map(([, name]) => name!);
}

/**
 * The first words of settings of one process, such as ROUTER: each process has a management port. `SUBGRAPH_` settings
 * belong to this system too. A variable that begins with one of these words must be a setting.
 */
function ownWords(): ReadonlySet<string> {
  return (words ??= new Set([
    'SUBGRAPH',
    ...listed().flatMap((name) => /^([A-Z]+)_MANAGEMENT_PORT$/.exec(name)?.[1] ?? []),
  ]));
}

let words: ReadonlySet<string> | undefined;

/**
 * First words that variables of other programs share. Such a name is refused only if its last word ends a setting
 * that begins with the same word: ORDER_DB_URL, but not ORDER_ID.
 */
const commonWords = new Set(['USER', 'ORDER', 'NOTIFICATION']);

/** Variables that Kubernetes sets in every pod for a Service named `order`, unless the pod disables service links. */
const serviceLink = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT_\d+_\w+)$/;

/** Variables of Google Cloud shells, rover pipelines and Python programs that look like settings of this system. */
const otherPrograms = new Set([
  'BILLING_ACCOUNT',
  'BILLING_ACCOUNT_ID',
  'BILLING_PROJECT',
  'DATABASE_URI',
  'LOGLEVEL',
  'POSTGRES_HOST',
  'SUBGRAPH_NAME',
  'SUBGRAPH_SCHEMA',
]);

/** Shorter names are not compared: too many names are one letter away from HOST. */
const shortestCompared = 7;

/** Names of at least this length may have two typing errors, shorter names one. */
const longName = 12;

/**
 * Finds environment variables that look like a setting of this system but are not. Each message suggests the nearest
 * setting. An empty variable counts as not set.
 *
 * @param read the settings that the process reads. Some are not in `.env.example`, such as the URLs of other subgraphs.
 */
export function misspeltSettings(environment: NodeJS.ProcessEnv, read: object = {}): string[] {
  const all = knownSettings();
  return Object.keys(environment)
    .filter(
      (name) => !all.has(name) && !Object.hasOwn(read, name) && (environment[name] ?? '') !== '' && looksLikeOurs(name),
    )
    .map((name) => notASetting(name));
}

/** Variables of Node, of its libraries and of Docker Compose, which reads the same `.env`. */
const forOthers = /^(NODE_|COMPOSE_|DOCKER_|OTEL_|APOLLO_|TZ$|SSL_CERT_(FILE|DIR)$|(HTTPS?|NO|ALL)_PROXY$)/i;

/** The names in a settings file that neither this system nor another program that shares the file reads. */
export function unknownNames(file: NodeJS.Dict<string>): string[] {
  return Object.keys(file).filter((name) => !knownSettings().has(name) && !forOthers.test(name));
}

/** The message about a name that is not a setting. */
export function notASetting(name: string): string {
  const { setting } = nearestSetting(name);
  return `${name} is not a setting: did you mean ${setting}?`;
}

function looksLikeOurs(name: string): boolean {
  if (otherPrograms.has(name) || serviceLink.test(name)) return false;
  const [first = '', ...others] = name.split('_');
  if (others.length > 0 && ownWords().has(first)) {
    if (!commonWords.has(first)) return true;
    if (others.length > 1 && endsLikeSettingOf(first, others.at(-1)!)) return true;
  }
  const letters = folded(name).length;
  return letters >= shortestCompared && nearestSetting(name).edits <= (letters >= longName ? 2 : 1);
}

function endsLikeSettingOf(process: string, ending: string): boolean {
  return [...knownSettings()].some((setting) => setting.startsWith(`${process}_`) && setting.endsWith(`_${ending}`));
}

interface Nearest {
  readonly setting: string;
  readonly edits: number;
}

/** The setting with the fewest edits to this name. Upper case and separators do not count as edits. */
function nearestSetting(name: string): Nearest {
  return [...knownSettings()]
    .map((setting) => ({ setting, edits: editsBetween(folded(name), folded(setting)) }))
    .reduce((best, one) => (one.edits < best.edits ? one : best));
}

const folded = (name: string) => name.toUpperCase().replaceAll(/[^A-Z\d]/g, '');

/** Longer names are assumed to belong to other programs. */
const longestCompared = 64;

/**
 * The number of insertions, deletions, replacements and swaps of neighbouring letters between two texts (optimal string
 * alignment).
 */
function editsBetween(one: string, other: string): number {
  if (one.length > longestCompared) return longestCompared;
  const rows = [Array.from({ length: other.length + 1 }, (_unused, column) => column)];
  for (let row = 1; row <= one.length; row += 1) {
    const [above, current] = [rows[row - 1]!, [row]];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = above[column - 1]! + (one[row - 1] === other[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swapped = isSwap ? rows[row - 2]![column - 2]! + 1 : Infinity;
      current[column] = Math.min(above[column]! + 1, current[column - 1]! + 1, replaced, swapped);
    }
    rows.push(current);
  }
  return rows.at(-1)!.at(-1)!;
}
