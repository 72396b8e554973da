import type { KeyLedger } from '../../jobs/ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import { isStorable, json, keyOfRow, storable } from './rows.ts';
import type { KeyRow } from './tables.ts';

/** A key in constant use is not written down with every request. */
const TOUCH_EVERY_MS = 60_000;

export const openKeyLedger = (store: LedgerStore): KeyLedger => {
  const find = async (keyId: string): Promise<KeyRow | undefined> =>
    isStorable(keyId)
      ? store.read((db) => db.selectFrom('api_keys').selectAll().where('key_id', '=', keyId).executeTakeFirst())
      : undefined;
  return {
    create: async ({ keyId, tenant, name, scopes, secretDigest, origins, expiresAtMs }) => {
      const row = {
        key_id: storable('a key id', keyId),
        tenant: storable('a tenant', tenant),
        name: storable('the name of a key', name),
        scopes: json(scopes),
        secret_digest: storable('a digest', secretDigest),
        origins: json(origins),
        expires_at_ms: expiresAtMs,
        revoked_at_ms: null,
        last_used_at_ms: null,
      };
      return store.write(async (db, nowMs) => {
        await db
          .insertInto('api_keys')
          .values({ ...row, created_at_ms: nowMs })
          .execute();
        return keyOfRow({ ...row, created_at_ms: nowMs });
      });
    },
    find: async (keyId) => {
      const row = await find(keyId);
      return row === undefined ? undefined : keyOfRow(row);
    },
    list: async (tenant) => {
      if (tenant !== undefined && !isStorable(tenant)) return [];
      const rows = await store.read((db) =>
        db
          .selectFrom('api_keys')
          .selectAll()
          .$if(tenant !== undefined, (query) => query.where('tenant', '=', tenant ?? ''))
          .orderBy('created_at_ms')
          .orderBy('key_id')
          .execute(),
      );
      return rows.map(keyOfRow);
    },
    revoke: async (keyId) => {
      if (!isStorable(keyId)) return false;
      return store.write(async (db, nowMs) => {
        const revoked = await db
          .updateTable('api_keys')
          .set({ revoked_at_ms: nowMs })
          .where('key_id', '=', keyId)
          .where('revoked_at_ms', 'is', null)
          .returning('key_id')
          .execute();
        return revoked.length > 0;
      });
    },
    touch: async (keyId) => {
      const row = await find(keyId);
      if (row === undefined || (row.last_used_at_ms ?? 0) + TOUCH_EVERY_MS > (await store.now())) return;
      await store.write((db, nowMs) => db.updateTable('api_keys').set({ last_used_at_ms: nowMs }).where('key_id', '=', keyId).execute());
    },
    count: async () => {
      const { count } = await store.read((db) =>
        db
          .selectFrom('api_keys')
          .select((is) => is.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow(),
      );
      return count;
    },
  };
};
