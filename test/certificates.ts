import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A certificate and its key, in PEM. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority. */
export interface Authority {
  /** The authority's certificate, in PEM. */
  readonly certificate: string;
  /** Issues a certificate for the server with this name. */
  readonly issue: (name: string) => Issued;
}

/** Creates a private authority, whose certificates are valid for a day. */
export function createAuthority(name: string): Authority {
  const key = newKey();
  const isAuthority = extension('551d13', sequence(boolean(true)));
  const certify = (subject: string, subjectKey: KeyObject, extensions: Buffer) =>
    pem(certificate({ issuer: name, key, subject, subjectKey, extensions }));
  return {
    certificate: certify(name, key, isAuthority),
    issue: (host) => {
      const serverKey = newKey();
      const isNamed = extension('551d11', sequence(der(0x82, Buffer.from(host))));
      return {
        certificate: certify(host, serverKey, isNamed),
        key: serverKey.export({ type: 'pkcs8', format: 'pem' }),
      };
    },
  };
}

function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

interface Certified {
  readonly issuer: string;
  readonly key: KeyObject;
  readonly subject: string;
  readonly subjectKey: KeyObject;
  readonly extensions: Buffer;
}

/** X.509, version 3 (RFC 5280, section 4.1). */
function certificate({ issuer, key, subject, subjectKey, extensions }: Certified): Buffer {
  const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
  const serial = Buffer.concat([Buffer.from([1]), randomBytes(8)]);
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(time(-1), time(24)),
    commonName(subject),
    createPublicKey(subjectKey).export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extensions)),
  );
  return sequence(toBeSigned, ecdsaWithSha256, bits(sign('sha256', toBeSigned, key)));
}

function commonName(name: string): Buffer {
  return sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(name)))));
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), boolean(true), der(0x04, value));
}

function time(inHours: number): Buffer {
  const iso = new Date(Date.now() + inHours * 3_600_000).toISOString();
  return der(0x17, Buffer.from(`${iso.slice(2, 19).replaceAll(/\D/g, '')}Z`));
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const integer = (bytes: Buffer) => der(0x02, bytes);
const boolean = (value: boolean) => der(0x01, Buffer.from([value ? 0xff : 0]));
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes);

/** A value with its tag and length (ITU-T X.690, section 8.1). */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const more = length < 0x80 ? [] : length < 0x100 ? [0x81] : [0x82, length >> 8];
  return Buffer.concat([Buffer.from([tag, ...more, length & 0xff]), content]);
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
