import { request } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMailer } from '#platform/messaging/mailer.ts';
import { type RunningRouter, startRouterWithDoubles } from '#test/router/running-router.ts';

const key = 'the key of & the inbox';
const cookie = `mail_inbox_key=${encodeURIComponent(key)}`;
let folder: string;
let router: RunningRouter;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mail-'));
  router = await startRouterWithDoubles({}, { MAIL_FOLDER: folder, MAIL_INBOX_KEY: key });
  const mailer = createMailer({ folder, from: 'wallet@localhost' })!;
  await mailer.deliver([
    {
      id: '01a1fd28-33e3-77d6-b8e9-6b3de16893b1',
      recipient: 'ada@example.com',
      subject: 'Confirm <script>alert(1)</script>',
      body: [
        '</pre></iframe><script>alert(2)</script> & "quotes"',
        { label: 'Confirm this address', url: 'http://localhost:4000/prove-email#token=abc' },
      ],
      createdAt: new Date('2026-01-01T12:00:00Z'),
    },
  ]);
  await writeFile(join(folder, '0-not-a-message.json'), '{"id": 1');
});

afterAll(async () => {
  await router.stop();
  await rm(folder, { recursive: true });
});

/** fetch does not send another Host. */
async function get(headers: Record<string, string>, path = '/mail') {
  const answer = Promise.withResolvers<{
    status: number | undefined;
    headers: NodeJS.Dict<string | string[]>;
    body: string;
  }>();
  request(`${router.origin}${path}`, { headers }, (response) => {
    text(response).then(
      (body) => answer.resolve({ status: response.statusCode, headers: response.headers, body }),
      answer.reject,
    );
  })
    .on('error', answer.reject)
    .end();
  return await answer.promise;
}

describe('the development inbox', () => {
  test('shows the messages of the folder, with the text of none as markup', async () => {
    const { status, headers, body } = await get({ cookie });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(body).toContain('To ada@example.com');
    expect(body).toContain('<a href="http://localhost:4000/prove-email#token=abc">Confirm this address</a>');
    expect(body).toContain('<iframe sandbox=""');
    expect(body).not.toContain('<script>');
  });

  test.each([
    ['another site whose name leads here', { host: 'evil.example' }],
    ['a site with a port', { host: 'evil.example:4000' }],
    ['a proxy', { 'x-forwarded-for': '127.0.0.1' }],
    ['another proxy', { forwarded: 'for=127.0.0.1' }],
    ['a third proxy', { 'x-real-ip': '127.0.0.1' }],
  ])('is not shown to %s', async (_who, headers) => {
    const { status, body } = await get({ ...headers, cookie }, `/mail?key=${encodeURIComponent(key)}`);
    expect(status).toBe(404);
    expect(body).not.toContain('ada@example.com');
  });

  test('sets a cookie for a client with the key, which leads to the page', async () => {
    const { status, headers, body } = await get({}, `/mail?key=${encodeURIComponent(key)}`);
    expect(status).toBe(303);
    expect(headers).toMatchObject({ location: '/mail', 'cache-control': 'no-store' });
    expect(headers['set-cookie']).toEqual([`${cookie}; Path=/mail; HttpOnly; SameSite=Strict`]);
    expect(body).not.toContain('ada@example.com');
  });

  test.each([
    ['without a key', '/mail', {}],
    ['with an empty key', '/mail?key=', {}],
    ['with another key', '/mail?key=another', {}],
    ['with a part of the key', `/mail?key=${encodeURIComponent(key.slice(0, -1))}`, {}],
    ['with a cookie of another key', '/mail', { cookie: 'mail_inbox_key=another' }],
    ['with a malformed cookie', '/mail', { cookie: 'mail_inbox_key=%E0%A4%A' }],
    ['as a proxy on this machine that adds no header sends it', '/mail', { host: '127.0.0.1' }],
  ])('does not exist for a request %s', async (_how, path, headers) => {
    const answer = await get(headers, path);
    expect(answer.status).toBe(404);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).not.toContain('ada@example.com');
  });

  test.each([
    ['without a folder of mail', () => ({ MAIL_INBOX_KEY: key })],
    ['without a key', () => ({ MAIL_FOLDER: folder })],
    ['behind a proxy', () => ({ MAIL_FOLDER: folder, MAIL_INBOX_KEY: key, TRUSTED_PROXIES: '1' })],
  ])('does not exist %s', async (_why, settings) => {
    const other = await startRouterWithDoubles({}, settings());
    try {
      const answer = await other.request(`/mail?key=${encodeURIComponent(key)}`, { headers: { cookie } });
      expect(answer.status).toBe(404);
    } finally {
      await other.stop();
    }
  });
});
