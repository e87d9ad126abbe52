import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { itemsPerJob } from '#jobs/queues/contract.ts';
import { capacityTables } from './figures/capacity.ts';
import { faultsOf } from './figures/faults.ts';
import { filledIn } from './figures/marked.ts';
import { readMeasured } from './figures/measured.ts';
import { summaryOf } from './figures/summary.ts';
import { nameOf, staleFilesOf, writeFiles } from './write-files.ts';

/**
 * `npm run figures` fills in the marked parts of the documentation: values from the code, figures from
 * docs/performance.md and docs/reliability.md, and results computed from both. With `--check` it writes nothing, and
 * fails if a page is stale.
 */
const pages = [
  'README.md',
  'docs/decisions.md',
  'docs/past-one-machine.md',
  'docs/performance.md',
  'docs/observability.md',
];

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const pageAt = (path: string) => new URL(`../${path}`, import.meta.url);
const measured = readMeasured(readFileSync(pageAt('docs/performance.md'), 'utf8'));
const contents = {
  'items-per-job': String(itemsPerJob),
  summary: summaryOf(measured),
  faults: faultsOf(readFileSync(pageAt('docs/reliability.md'), 'utf8')),
  ...capacityTables(measured),
};

const files = await Promise.all(
  pages.map(async (path) => {
    const file = pageAt(path);
    const text = filledIn(readFileSync(file, 'utf8'), contents);
    return { file, text: await format(text, { ...(await resolveConfig(fileURLToPath(file))), parser: 'markdown' }) };
  }),
);
const stale = staleFilesOf(files);
if (!values.check) writeFiles(files);
else if (stale.length === 0) console.log('The figures of the documentation are up to date.');
else {
  console.error(`Run "npm run figures" to update: ${stale.map(({ file }) => nameOf(file)).join(', ')}`);
  process.exitCode = 1;
}
