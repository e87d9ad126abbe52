import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const pages = new URL('../../docs/architecture/', import.meta.url);
export const pictureFolder = new URL('../../docs/images/architecture/', import.meta.url);

/** A Mermaid diagram on a page of docs/architecture, and its picture. */
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

/** An attribute in a picture that identifies its diagram's source. */
export function sourceMark(source: string): string {
  return `data-source="sha256-${createHash('sha256').update(source).digest('hex')}"`;
}

/** @returns a line for each picture that does not match its diagram. */
export function pictureFaults(diagrams: readonly Diagram[], readPicture = readIfThere): string[] {
  return diagrams.flatMap(({ name, source, picture }) =>
    readPicture(picture)?.includes(sourceMark(source)) === true
      ? []
      : [`the picture of ${name} does not match its diagram`],
  );
}

function readIfThere(file: URL): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
