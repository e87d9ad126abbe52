import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '#platform/http/http.ts';

/** The web console as it was built: everything it consists of, in memory. */
export interface Console {
  readonly page: ConsoleFile;
  /** By their path, such as `/assets/main-4f2a.js`. */
  readonly files: ReadonlyMap<string, ConsoleFile>;
}

interface ConsoleFile {
  readonly body: Buffer;
  /** By the name of the encoding, best first. */
  readonly encoded: ReadonlyMap<string, Buffer>;
  readonly type: string;
  readonly etag: string;
  /** A name with a hash in it stands for one content for ever. */
  readonly immutable: boolean;
}

/** Null where there is no built console in the folder. */
export function readConsole(folder: string): Console | null {
  const files = new Map(namesIn(folder).map((name) => [`/${name}`, readConsoleFile(folder, name)]));
  const page = files.get('/index.html');
  files.delete('/index.html');
  return page === undefined ? null : { page, files };
}

/**
 * Serves the console's page at each address that the console itself understands, and what the page consists of. A
 * person who goes to an address that there is not is told so by the page, too; whoever does not ask for a page is not.
 */
export function serveConsole(http: Http, { page, files }: Console): void {
  for (const address of pageAddresses) http.get(address, async (request, reply) => await send(page, request, reply));
  for (const [path, file] of files) http.get(path, async (request, reply) => await send(file, request, reply));
  http.get('/*', async (request, reply) => {
    if (request.headers.accept?.includes('text/html') !== true) return reply.callNotFound();
    return await send(page, request, reply.code(404));
  });
}

export const pageAddresses = [
  '/',
  '/sign-in',
  '/sign-up',
  '/deposit',
  '/withdraw',
  '/transfer',
  '/history',
  '/accounts/:id',
  '/orders',
  '/orders/:id',
  '/messages',
  '/settings',
];

/** The page may run, show and reach what this server has, and nothing else; no other page may show it in a frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

/** How the build names what it has compressed, best first. */
const encodings = [
  { name: 'br', extension: '.br' },
  { name: 'gzip', extension: '.gz' },
];

function namesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && types[extname(entry.name)] !== undefined)
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  }
}

function readConsoleFile(folder: string, name: string): ConsoleFile {
  const path = join(folder, name);
  const body = readFileSync(path);
  const siblings = encodings.flatMap(({ name, extension }) => {
    const compressed = readIfThere(`${path}${extension}`);
    return compressed === null ? [] : ([[name, compressed]] as const);
  });
  return {
    body,
    encoded: new Map(siblings),
    type: types[extname(name)]!,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    immutable: name.startsWith('assets/'),
  };
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}

async function send(file: ConsoleFile, { headers }: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  void reply
    .header('content-type', file.type)
    .header('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('vary', 'accept-encoding')
    .header('etag', file.etag)
    .header('x-content-type-options', 'nosniff')
    .header('referrer-policy', 'no-referrer')
    .header('cross-origin-opener-policy', 'same-origin')
    .header('cross-origin-resource-policy', 'same-origin');
  if (file.type.startsWith('text/html')) void reply.header('content-security-policy', contentSecurityPolicy);
  if (headers['if-none-match'] === file.etag) return await reply.code(304).send();
  const accepted = headers['accept-encoding'] ?? '';
  const encoding = [...file.encoded.keys()].find((name) => new RegExp(`\\b${name}\\b(?!\\s*;\\s*q=0)`).test(accepted));
  if (encoding === undefined) return await reply.send(file.body);
  return await reply.header('content-encoding', encoding).send(file.encoded.get(encoding));
}
