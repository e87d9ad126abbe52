import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const pages = new URL('../../docs/architecture/', import.meta.url);
export const pictureFolder = new URL('../../docs/images/architecture/', import.meta.url);

/** A diagram in Mermaid's words on a page of docs/architecture, and the picture of it. */
export interface Diagram {
  readonly name: string;
  readonly source: string;
  readonly picture: URL;
}

export function readDiagrams(): Diagram[] {
  return readdirSync(pages)
    .filter((page) => page.endsWith('.md'))
    .flatMap((page) => {
      const name = page.slice(0, -'.md'.length);
      return sourcesIn(readFileSync(new URL(page, pages), 'utf8')).map((source) => ({
        name,
        source,
        picture: new URL(`${name}.svg`, pictureFolder),
      }));
    });
}

function sourcesIn(page: string): string[] {
  return [...page.matchAll(/^```mermaid\n(.*?)^```$/gms)].map(([, source]) => source!);
}

/** Kept in a picture: what it is a picture of. */
export function sourceMark(source: string): string {
  return `data-source="sha256-${createHash('sha256').update(source).digest('hex')}"`;
}

/** Where the pictures are not those of the diagrams, a line each. */
export function pictureFaults(diagrams: readonly Diagram[], readPicture = readIfThere): string[] {
  return diagrams.flatMap(({ name, source, picture }) =>
    readPicture(picture)?.includes(sourceMark(source)) === true ? [] : [`the picture of ${name} is not of its diagram`],
  );
}

function readIfThere(file: URL): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
