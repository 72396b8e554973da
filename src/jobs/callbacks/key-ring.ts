import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { Problem } from '../../model/problem.ts';

export type MasterKey = {
  /** Small letters, digits and hyphens; written beside what it sealed. */ readonly id: string;
  readonly bytes: Uint8Array;
};

/** What each master key is used for has a key of its own, so that no use weakens another. */
export type RingKey = { readonly id: string; readonly sealing: Uint8Array; readonly callbacks: Uint8Array };

/** The first key seals; all of them open. */
export type KeyRing = readonly [RingKey, ...RingKey[]];

const derive = (bytes: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', bytes, new Uint8Array(), `platen ${use}`, 32));

/** A master key under a name that is made from it, and tells nothing of it. */
export const masterKey = (bytes: Uint8Array): MasterKey => ({
  id: `k-${createHash('sha256').update(derive(bytes, 'name')).digest('hex').slice(0, 12)}`,
  bytes,
});

const ringKey = ({ id, bytes }: MasterKey): RingKey => {
  if (!/^[a-z0-9-]{1,32}$/.test(id))
    throw new Problem(
      'config.master-key',
      'expected an id of up to 32 small letters, digits and hyphens for a master key, got something else',
    );
  if (bytes.length !== 32) throw new Problem('config.master-key', `expected 32 bytes for the master key "${id}", got ${bytes.length}`);
  return { id, sealing: derive(bytes, 'sealed secrets'), callbacks: derive(bytes, 'callback secrets') };
};

/**
 * Keys to seal secrets with, the newest first. To change keys, put a new one in front and keep the old ones until nothing is sealed
 * under them.
 * @throws Problem `config.master-key`
 */
export const openKeyRing = (newest: MasterKey, ...older: readonly MasterKey[]): KeyRing => {
  const ids = [newest, ...older].map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new Problem('config.master-key', 'expected master keys with different ids, got one twice');
  return [ringKey(newest), ...older.map(ringKey)];
};

/**
 * What callbacks named by jobs are signed with: one secret for each tenant, made from the master key, so that nothing needs to be kept.
 * Newest key first, two at most, as for endpoints.
 */
export const tenantSecrets = (ring: KeyRing, tenant: string): readonly string[] =>
  ring.slice(0, 2).map(({ callbacks }) => `whsec_${createHmac('sha256', callbacks).update(tenant).digest('base64')}`);
