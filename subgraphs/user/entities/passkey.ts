import { defineEntity, type InferEntity, p } from '@mikro-orm/postgresql';

/** A public key whose private key is on a device of the user, or in the user's password manager. */
export const Passkey = defineEntity({
  name: 'Passkey',
  tableName: 'passkeys',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    /** How the device names the key. */
    credentialId: p.blob(),
    /** In COSE format. */
    publicKey: p.blob(),
    /** How often the device has used the key, as of the last use; 0 from devices that do not count. */
    counter: p.bigint(),
    /** How browsers reach the device, such as `internal`. */
    transports: p.array(),
    name: p.text(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    lastUsedAt: p.datetime(3).nullable(),
  },
});

export type PasskeyRow = InferEntity<typeof Passkey>;
