import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a test makes wrong in a response. */
export interface Flaws {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  /** Without it, the device has not verified its user. */
  readonly userVerified?: boolean;
  readonly userHandle?: string;
  readonly counter?: number;
  readonly id?: string;
  readonly attestation?: { readonly fmt: string; readonly attStmt: ReadonlyMap<string, unknown> };
}

/** A device with one passkey (ES256), as a browser presents it. */
export interface PasskeyDevice {
  readonly id: string;
  /** The response to the options of a registration. */
  readonly register: (options: string, flaws?: Flaws) => string;
  /** The response to the options of a use. */
  readonly use: (options: string, flaws?: Flaws) => string;
}

interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
}

const userPresent = 0x01;
const verified = 0x04;
const withKey = 0x40;

/** @param origin of the page. */
export function passkeyDevice(origin = 'http://localhost:4000'): PasskeyDevice {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rawId = randomBytes(16);
  const id = rawId.toString('base64url');
  let counter = 0;

  const clientData = (type: string, options: Options, flaws: Flaws) =>
    Buffer.from(
      JSON.stringify({
        type: flaws.type ?? type,
        challenge: flaws.challenge ?? options.challenge,
        origin: flaws.origin ?? origin,
        crossOrigin: false,
      }),
    );

  const authenticatorData = (rpId: string, flags: number, flaws: Flaws, rest: Uint8Array = new Uint8Array()) => {
    counter += 1;
    const head = Buffer.alloc(5);
    head[0] = flags | userPresent | (flaws.userVerified === false ? 0 : verified);
    head.writeUInt32BE(flaws.counter ?? counter, 1);
    const hash = createHash('sha256')
      .update(flaws.rpId ?? rpId)
      .digest();
    return Buffer.concat([hash, head, rest]);
  };

  const { x, y } = publicKey.export({ format: 'jwk' });
  const coseKey = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x!, 'base64url'))],
      [-3, new Uint8Array(Buffer.from(y!, 'base64url'))],
    ]),
  );

  return {
    id,
    register: (text, flaws = {}) => {
      const options = JSON.parse(text) as Options;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(rawId.length);
      const credential = Buffer.concat([Buffer.alloc(16), length, rawId, coseKey]);
      const { fmt, attStmt } = flaws.attestation ?? { fmt: 'none', attStmt: new Map() };
      const attestation = new Map<string, unknown>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', new Uint8Array(authenticatorData(options.rp!.id, withKey, flaws, credential))],
      ]);
      return JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options, flaws).toString('base64url'),
          attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url'),
          transports: ['internal'],
        },
      });
    },
    use: (text, flaws = {}) => {
      const options = JSON.parse(text) as Options;
      const data = clientData('webauthn.get', options, flaws);
      const authData = authenticatorData(options.rpId!, 0, flaws);
      const signed = Buffer.concat([authData, createHash('sha256').update(data).digest()]);
      return JSON.stringify({
        id: flaws.id ?? id,
        rawId: flaws.id ?? id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: sign('sha256', signed, privateKey).toString('base64url'),
          ...(flaws.userHandle === undefined
            ? {}
            : { userHandle: Buffer.from(flaws.userHandle).toString('base64url') }),
        },
      });
    },
  };
}
