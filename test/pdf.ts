import { inflateSync } from 'node:zlib';

/** The texts that a PDF of the standard fonts shows, in the order in which they are drawn. */
export function textsOfPdf(file: Buffer): string[] {
  const latin = file.toString('latin1');
  const streams = [...latin.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, body]) =>
    inflateSync(Buffer.from(body!, 'latin1')).toString('latin1'),
  );
  return streams.flatMap((content) =>
    [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, parts]) => {
      const bytes = [...parts!.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => hex).join('');
      return Buffer.from(bytes, 'hex').toString('latin1');
    }),
  );
}
