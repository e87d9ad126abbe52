import { createHash, timingSafeEqual } from 'node:crypto';
import fastifyCookie from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Http } from '#platform/http/http.ts';
import { escapeHtml } from '#platform/mail/letter.ts';
import { readMails, type StoredMail } from '#platform/messaging/mail-folder.ts';

/** The most messages that the page shows. */
const mostShown = 100;

const path = '/mail';
const cookieName = 'mail_inbox_key';

export interface InboxOptions {
  /** The folder of messages. */
  readonly folder: string;
  /** A client needs it to read the messages. */
  readonly key: string;
}

/**
 * Serves the development inbox at `/mail`: the messages that the jobs process stores in a folder in place of sending
 * them. They contain links that give access to accounts, so only a client of this machine that has the key gets them.
 * The link with the key sets a cookie and leads to the page, so the key does not stay in the address.
 */
export function serveInbox(http: Http, { folder, key }: InboxOptions): void {
  void http.register(async (scope) => {
    await scope.register(fastifyCookie);
    scope.get<{ Querystring: { readonly key?: unknown } }>(path, async (request, reply) => {
      if (!isLocal(request)) return reply.callNotFound();
      if (isKey(request.query.key, key)) {
        const attributes = { path, httpOnly: true, sameSite: 'strict' } as const;
        return await reply
          .header('cache-control', 'no-store')
          .setCookie(cookieName, key, attributes)
          .redirect(path, 303);
      }
      if (!isKey(request.cookies[cookieName], key)) return reply.callNotFound();
      return await startPage(reply).send(inboxPage(await readMails(folder, mostShown)));
    });
  });
}

/** Compares in constant time. */
function isKey(given: unknown, key: string): boolean {
  return typeof given === 'string' && timingSafeEqual(digest(given), digest(key));
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Whether a client of this machine sends the request, directly. Behind a proxy every client has the proxy's address. The
 * name of the host protects against a page of another site whose name leads to this machine (DNS rebinding).
 */
function isLocal({ headers, socket, hostname }: FastifyRequest): boolean {
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => headers[name] !== undefined);
  return !isForwarded && loopback.test(socket.remoteAddress ?? '') && localNames.has(hostname);
}

const loopback = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/i;
const localNames = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
  article { border: 1px solid light-dark(#d4d4d8, #3f3f46); border-radius: 0.75rem; padding: 1rem 1.25rem; margin: 1rem 0; }
  h2 { font-size: 1.1rem; margin: 0; }
  p.about { margin: 0 0 0.75rem; color: light-dark(#52525b, #a1a1aa); }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0.75rem 0; }
  iframe { width: 100%; height: 14rem; border: 1px solid light-dark(#e4e4e7, #52525b); background: #fff; }
`;

/** No script runs and nothing is loaded, in the page or in a frame with the HTML of a message. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

function startPage(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', contentSecurityPolicy);
}

function inboxPage(mails: readonly StoredMail[]): string {
  const list = mails.length === 0 ? '<p>There are no messages yet.</p>' : mails.map(mailArticle).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mail to customers</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Mail to customers</h1>
<p>No mail server is set, so messages are stored here and go nowhere else. Reload the page to see new ones.</p>
${list}
</main>
</body>
</html>
`;
}

/** The links are those that this system wrote. The HTML of the message is shown in a frame that can do nothing. */
function mailArticle({ to, subject, date, text, html, links }: StoredMail): string {
  const followed = links.map(({ label, url }) => `<p><a href="${escapeHtml(url)}">${escapeHtml(label)}</a></p>`);
  return `<article>
<h2>${escapeHtml(subject)}</h2>
<p class="about">To ${escapeHtml(to)}, <time datetime="${escapeHtml(date)}">${escapeHtml(date)}</time></p>
${followed.join('\n')}
<details><summary>Text</summary><pre>${escapeHtml(text)}</pre></details>
<details><summary>HTML</summary>
<iframe sandbox="" title="The HTML of the message" srcdoc="${escapeHtml(html)}"></iframe></details>
</article>`;
}
