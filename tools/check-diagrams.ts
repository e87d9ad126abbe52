import { pictureFaults, readDiagrams } from './diagrams/pictures.ts';

/** `npm run check:diagrams`: checks that the pictures in docs/images/architecture match the diagrams. */
const diagrams = readDiagrams();
for (const fault of pictureFaults(diagrams)) {
  console.error(`${fault}: run \`npm run diagrams\` and review the result`);
  process.exitCode = 1;
}
if (process.exitCode === undefined) console.log(`The pictures of ${diagrams.length} diagrams are up to date.`);
