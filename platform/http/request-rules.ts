import type { FastifyReply, FastifyRequest } from 'fastify';
import { fault } from '../errors/faults.ts';

/**
 * Refuses requests that two parsers could interpret differently: those of a proxy and of this server, or of two parts of
 * it. Fastify parses the other requests once, with search-parameters.ts and strict-json.ts.
 *
 * @throws BAD_REQUEST, UNSUPPORTED_MEDIA_TYPE
 */
export function refuseAmbiguous(request: FastifyRequest, reply: FastifyReply): void {
  try {
    refuseTarget(request);
    refuseHeaders(request);
  } catch (error) {
    // The body stays unread.
    if (hasBody(request)) void reply.header('connection', 'close');
    throw error;
  }
}

function refuseTarget({ raw, query }: FastifyRequest): void {
  // Clients send no fragment, and must escape bytes that are not ASCII.
  if (/^[\x21\x22\x24-\x7e]*$/.test(raw.url ?? '') && query !== null) return;
  throw fault(
    'BAD_REQUEST',
    'The URL has a malformed escape, a repeated parameter or a character that must be escaped.',
  );
}

function refuseHeaders(request: FastifyRequest): void {
  const { raw, headers, method } = request;
  const repeated = repeatedHeader(raw.rawHeaders);
  if (repeated !== null) throw fault('BAD_REQUEST', `The request has the header ${repeated} twice.`);
  if ((method === 'GET' || method === 'HEAD') && hasBody(request)) {
    throw fault('BAD_REQUEST', `A ${method} request must not have a body.`);
  }
  if (!/^\s*(?:identity)?\s*$/i.test(headers['content-encoding'] ?? '')) {
    throw fault(
      'UNSUPPORTED_MEDIA_TYPE',
      'Compressed bodies are not supported: send the body without Content-Encoding.',
    );
  }
  refuseCharset(headers['content-type']);
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** Headers that Node reads from their first occurrence, or joins. Another parser could use the last. */
const singleHeaders = new Set(['authorization', 'content-encoding', 'content-type', 'host', 'idempotency-key']);

function repeatedHeader(rawHeaders: readonly string[]): string | null {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!.toLowerCase();
    if (!singleHeaders.has(name)) continue;
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}

const parameter = /\s*;\s*([^\s;="]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;"]+)/y;

/** A body of any type is UTF-8. */
function refuseCharset(type: string | undefined): void {
  if (type === undefined) return;
  const charsets: string[] = [];
  parameter.lastIndex = type.indexOf(';') === -1 ? type.length : type.indexOf(';');
  let end = parameter.lastIndex;
  for (let match = parameter.exec(type); match !== null; match = parameter.exec(type)) {
    end = parameter.lastIndex;
    if (match[1]!.toLowerCase() === 'charset') charsets.push(match[2]!);
  }
  const isRead = /^[\s;]*$/.test(type.slice(end));
  if (!isRead || charsets.length > 1 || charsets.some((charset) => !/^"?utf-?8"?$/i.test(charset))) {
    throw fault('BAD_REQUEST', 'The body must be UTF-8, but the Content-Type names another charset or is malformed.');
  }
}
