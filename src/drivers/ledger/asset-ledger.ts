import type { Asset, AssetLedger } from '../../jobs/ledger.ts';
import { newId } from '../../jobs/new-id.ts';
import { chunks } from './chunks.ts';
import type { LedgerStore } from './ledger-store.ts';
import { assetOfRow, isStorable, storable } from './rows.ts';
import type { AssetRow } from './tables.ts';

const AT_ONCE = 500;

export const openAssetLedger = (store: LedgerStore): AssetLedger => ({
  create: async (tenant, asset) => {
    storable('a tenant', tenant);
    const columns = columnsOf(asset);
    return store.write(async (db, nowMs) => {
      const { name, state } = asset;
      const row: AssetRow = { id: newId('ast', nowMs), tenant, state, name, ...columns, created_at_ms: nowMs };
      await db.insertInto('assets').values(row).execute();
      return assetOfRow(row);
    });
  },
  complete: async (tenant, id, facts) => {
    if (!isStorable(tenant) || !isStorable(id)) return undefined;
    const columns = columnsOf({ ...facts, name: null });
    return store.write(async (db) => {
      const [row] = await db
        .updateTable('assets')
        .set({ ...columns, state: 'ready' })
        .where('id', '=', id)
        .where('tenant', '=', tenant)
        .returningAll()
        .execute();
      return row === undefined ? undefined : assetOfRow(row);
    });
  },
  get: async (tenant, id) => {
    if (!isStorable(tenant) || !isStorable(id)) return undefined;
    const row = await store.read((db) =>
      db.selectFrom('assets').selectAll().where('id', '=', id).where('tenant', '=', tenant).executeTakeFirst(),
    );
    return row === undefined ? undefined : assetOfRow(row);
  },
  usage: async (tenant) => {
    if (!isStorable(tenant)) return 0;
    const row = await store.read((db) =>
      db
        .selectFrom('assets')
        .select((is) => is.fn.sum<number | null>('bytes').as('bytes'))
        .where('tenant', '=', tenant)
        .executeTakeFirst(),
    );
    return row?.bytes ?? 0;
  },
  expired: async (beforeMs, limit) => {
    const rows = await store.read((db) =>
      db
        .selectFrom('assets')
        .selectAll()
        .where('created_at_ms', '<', beforeMs)
        .orderBy('created_at_ms')
        .orderBy('id')
        .limit(limit)
        .execute(),
    );
    return rows.map(assetOfRow);
  },
  remove: (ids) =>
    store.write(async (db) => {
      for (const some of chunks(ids, AT_ONCE)) await db.deleteFrom('assets').where('id', 'in', some).execute();
    }),
});

const columnsOf = ({ key, name, mediaType, sha256, bytes }: Pick<Asset, 'key' | 'name' | 'mediaType' | 'sha256' | 'bytes'>) => {
  if (name !== null) storable('the name of an asset', name);
  return {
    store_key: storable('a store key', key),
    media_type: mediaType === null ? null : storable('a media type', mediaType),
    sha256: sha256 === null ? null : storable('a digest', sha256),
    bytes,
  };
};
