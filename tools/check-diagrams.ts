import { pictureFaults, readDiagrams } from './diagrams/pictures.ts';

/** `npm run check:diagrams`: whether the pictures in docs/images/architecture are those of the diagrams. */
const diagrams = readDiagrams();
for (const fault of pictureFaults(diagrams)) {
  console.error(`${fault}: run \`npm run diagrams\`, and look at it`);
  process.exitCode = 1;
}
if (process.exitCode === undefined) console.log(`The pictures of ${diagrams.length} diagrams are up to date.`);
