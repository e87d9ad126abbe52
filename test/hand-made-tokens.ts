import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { exportJWK } from 'jose';

/* Access tokens that tests make by hand: a library for honest tokens would not make most of the forged ones. */

export const rules = { TOKEN_ISSUER: 'the-issuer', TOKEN_AUDIENCE: 'the-audience' };
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const kid = 'the-key';
export { publicKey };
export const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' };
export const nowS = Math.floor(Date.now() / 1000);
export const header = { alg: 'EdDSA', kid, typ: 'at+jwt' };
export const claims = {
  sub: 'user-1',
  email: 'ada@example.com',
  name: 'Ada',
  sid: 'session-1',
  iss: 'the-issuer',
  aud: 'the-audience',
  iat: nowS,
  exp: nowS + 600,
};

/** A token with this header, these claims and this signature. */
export function token(withHeader: object, withClaims: object, signature: (input: string) => Buffer): string {
  const input = [withHeader, withClaims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${input}.${signature(input).toString('base64url')}`;
}

/** Signs with this key. */
export const by = (key: KeyObject) => (input: string) => sign(null, Buffer.from(input), key);

/** A token of the authority, with changes. */
export const honest = (changes: object, headerChanges: object = {}) =>
  token({ ...header, ...headerChanges }, { ...claims, ...changes }, by(privateKey));

/** A key pair that the authority does not have. */
export const stranger = generateKeyPairSync('ed25519');
