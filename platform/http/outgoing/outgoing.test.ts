import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, isIP, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { isReachable } from '../../validation/addresses.ts';
import { post, type PostResult } from './post.ts';
import type { NameResolver } from './resolve-name.ts';
import { targetIn } from '../../validation/target.ts';

/** Where requests for customers may go, and what a hostile receiver can do. */

describe('an address', () => {
  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '192.167.0.1', '2606:4700:4700::1111', '2a00:1450::1'])(
    '%s is public',
    (address) => {
      expect([isReachable(address, 'public'), isReachable(address, 'private')]).toEqual([true, true]);
    },
  );

  test.each(['127.0.0.1', '127.255.0.1', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '::1', 'fd12::1'])(
    '%s is private',
    (address) => {
      expect([isReachable(address, 'public'), isReachable(address, 'private')]).toEqual([false, true]);
    },
  );

  test.each([
    ['unspecified', '0.0.0.0', '::', '0.1.2.3'],
    ['link-local or of a metadata service', '169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254'],
    ['of a network of providers', '100.64.0.1', '100.127.255.255'],
    ['reserved', '192.0.0.170', '192.0.2.1', '198.18.0.1', '198.19.255.255', '203.0.113.1', '240.0.0.1', '100::1'],
    ['multicast or broadcast', '224.0.0.1', '239.1.1.1', '255.255.255.255', 'ff02::1'],
    ['an IPv4 address within IPv6', '::ffff:169.254.169.254', '64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:7f00::1'],
    ['of documentation', '2001:db8::1', '3fff::1'],
    ['site-local or IPv4-compatible', 'fec0::1', '::127.0.0.2', '64:ff9b:1::1', '5f00::1'],
    ['no address', '', 'localhost', '1.2.3', '0x7f.0.0.1', '127.0.0.1 '],
  ])('that is %s is never reached', (_kind, ...addresses) => {
    const reached = addresses.filter((one) => isReachable(one, 'private') || isReachable(one, 'public'));
    expect(reached).toEqual([]);
  });

  test.each(['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1'])('%s is not public', (address) => {
    expect(isReachable(address, 'public')).toBe(false);
  });
});

describe('a URL', () => {
  test.each([
    ['https://shop.example/webhooks?key=1', 'https://shop.example/webhooks?key=1'],
    ['https://shop.example:8443', 'https://shop.example:8443/'],
    ['HTTPS://SHOP.EXAMPLE:443/a', 'https://shop.example/a'],
    ['https://[2606:4700:4700::1111]/', 'https://[2606:4700:4700::1111]/'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ])('%s is taken', (text, url) => {
    expect(targetIn(text, 'public')).toEqual({ url });
  });

  test.each([
    '',
    'shop.example',
    'http://shop.example/',
    'ftp://shop.example/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://',
    'https://user@shop.example/',
    'https://:password@shop.example/',
    'https://shop.example/#fragment',
    'https://shop.example:22/',
    'https://shop.example:80/',
    'https://shop.example:65536/',
    'https://shop.example/a b',
    'https://shop.example\\@127.0.0.1/',
    'https://shop.example/\n',
    'https://localhost/',
    'https://localhost./',
    'https://a.localhost/',
    'https://wallet/',
    'https://metadata.google.internal/',
    'https://printer.local/',
    'https://router.home.arpa/',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://127.1/',
    'https://１２７.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::169.254.169.254]/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'https://0/',
    `https://shop.example/${'x'.repeat(2_000)}`,
    `https://shop.example/${'ü'.repeat(1_000)}`,
    `https://shop.example/?${'€'.repeat(700)}`,
  ])('is refused: %#', (text) => {
    expect([text.slice(0, 100), targetIn(text, 'public')]).toEqual([text.slice(0, 100), expect.any(String)]);
  });

  test('of this machine is taken only where the setting allows it, and never a link-local one', () => {
    expect(targetIn('http://127.0.0.1:8080/a', 'private')).toEqual({ url: 'http://127.0.0.1:8080/a' });
    expect(targetIn('http://localhost:8080/', 'private')).toEqual({ url: 'http://localhost:8080/' });
    expect(targetIn('http://169.254.169.254/', 'private')).toEqual(expect.any(String));
    expect(targetIn('http://[fe80::1]/', 'private')).toEqual(expect.any(String));
  });
});

describe('a request', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
  });

  /** @returns the port of a server that sends this text on each connection, and counts connections. */
  async function rawServer(text: string | null) {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined);
      if (text !== null) socket.end(text);
      else socket.destroy();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, connections: () => connections };
  }

  const send = async (
    url: string,
    reachable: 'public' | 'private' = 'private',
    resolver?: NameResolver,
  ): Promise<PostResult> =>
    await post({ url, headers: {}, body: '{}', reachable, signal: new AbortController().signal }, resolver);

  /** A name server that says so. */
  const resolvingTo =
    (addresses: readonly string[]): NameResolver =>
    (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      );

  test.each([
    ['private', ['10.0.0.1']],
    ['loopback', ['127.0.0.1']],
    ['of a metadata service', ['169.254.169.254']],
    ['public, and another one private', ['93.184.215.14', '127.0.0.1']],
    ['an IPv4 address within IPv6', ['::ffff:127.0.0.1']],
  ])('to a name whose address is %s does not connect', async (_kind, addresses) => {
    const { port, connections } = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    expect(await send('https://shop.example/', 'public', resolvingTo(addresses))).toMatchObject({
      fault: 'ADDRESS_NOT_ALLOWED',
    });
    expect(await send(`http://shop.example:${port}/`, 'private', resolvingTo(['169.254.169.254']))).toMatchObject({
      fault: 'ADDRESS_NOT_ALLOWED',
    });
    expect(connections()).toBe(0);
  });

  test('looks a name up once, and connects to the address that it has checked', async () => {
    const { port, connections } = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    let lookUps = 0;
    const rebound: NameResolver = (name, options, done) => {
      lookUps += 1;
      resolvingTo(lookUps === 1 ? ['127.0.0.1'] : ['169.254.169.254'])(name, options, done);
    };
    expect(await send(`http://shop.example:${port}/`, 'private', rebound)).toMatchObject({ status: 200 });
    expect([lookUps, connections()]).toEqual([1, 1]);
  });

  test('follows no redirect, and uses no proxy of the environment', async () => {
    const inner = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret');
    const server = createServer((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${inner.port}/` }).end();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env['http_proxy'] = `http://127.0.0.1:${inner.port}`;
    try {
      const { port } = server.address() as AddressInfo;
      expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 307, excerpt: '', fault: null });
    } finally {
      delete process.env['http_proxy'];
    }
    expect(inner.connections()).toBe(0);
  });

  test.each([
    ['CONNECTION_FAILED', null],
    ['INVALID_ANSWER', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['INVALID_ANSWER', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`],
  ] as const)('to a receiver that speaks no HTTP ends with %s (case %#)', async (fault, text) => {
    const { port } = await rawServer(text);
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ status: null, fault });
  });

  test('to a receiver without a certificate, a name without an address, or a closed port names the fault', async () => {
    const plain = createServer();
    servers.push(plain);
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    expect(await send(`https://127.0.0.1:${port}/`)).toMatchObject({ fault: 'TLS_FAILED' });
    expect(await send('http://no-such-name.invalid/')).toMatchObject({ fault: 'NAME_NOT_FOUND' });
    expect(await send('http://127.0.0.1:1/')).toMatchObject({ fault: 'CONNECTION_FAILED' });
  });

  test('takes an answer that switches protocols as the answer', async () => {
    const { port } = await rawServer(
      'HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n',
    );
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ status: 101, excerpt: '', fault: null });
  });

  test('ends when it is aborted while the receiver sends only information', async () => {
    const stop = new AbortController();
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      const flood = setInterval(() => {
        socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
        stop.abort();
      }, 10);
      socket.on('close', () => clearInterval(flood));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    expect(await post({ url, headers: {}, body: '{}', reachable: 'private', signal: stop.signal })).toMatchObject({
      fault: 'TIMED_OUT',
    });
  });

  test('counts the status of an answer whose body breaks off', async () => {
    const { port } = await rawServer('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf');
    expect(await send(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 200, fault: null });
  });
});
