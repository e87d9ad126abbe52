import { cpus } from 'node:os';
import { atRest } from './at-rest.ts';
import { footprint } from './footprint.ts';
import { ledger } from './ledger.ts';
import { liveStreams } from './live-streams.ts';

type Part = (progress: (what: string) => void) => Promise<readonly object[]>;

/** `npm run bench`: every part, or those that are named. */
const parts: Readonly<Record<string, Part>> = { 'at-rest': atRest, footprint, ledger, 'live-streams': liveStreams };

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}: the parts are ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}

console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`);
for (const [name, run] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.table(await run((what) => console.log(`${name}: ${what}`)));
}
