import { pictureFaults, readDiagrams } from './diagrams/pictures.ts';

/** `npm run check:diagrams`: whether the pictures in docs/images/architecture are those of the diagrams. */
for (const fault of pictureFaults(readDiagrams())) {
  console.error(`${fault}: run \`npm run diagrams\`, and look at it`);
  process.exitCode = 1;
}
