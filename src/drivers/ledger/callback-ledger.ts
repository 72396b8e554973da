import type { Endpoint } from '../../jobs/callbacks/event.ts';
import type { CallbackLedger } from '../../jobs/ledger.ts';
import { newId } from '../../jobs/new-id.ts';
import { claimDeliveries } from './claim-deliveries.ts';
import { setDue, stopEndpoint } from './endpoint-due.ts';
import type { LedgerStore } from './ledger-store.ts';
import * as read from './read-callbacks.ts';
import { recordAttempt } from './record-attempt.ts';
import { releaseDeliveries } from './release-deliveries.ts';
import { recoverSince, replayDelivery } from './replay-deliveries.ts';
import { digestOfText, endpointOfRow, isStorable, json, storable } from './rows.ts';
import type { EndpointRow } from './tables.ts';
import { callbackEndpoint } from './write-event.ts';

export const openCallbackLedger = (store: LedgerStore): CallbackLedger => ({
  create: (tenant, endpoint) => createEndpoint(store, tenant, endpoint),
  endpoint: (tenant, id) => store.read((db) => read.readEndpoint(db, tenant, id)),
  endpoints: (tenant, kind) => store.read((db) => read.readEndpoints(db, tenant, kind)),
  update: (tenant, id, change) => updateEndpoint(store, tenant, id, change),
  remove: async (tenant, id) => {
    if (!isStorable(tenant) || !isStorable(id)) return false;
    return store.write(async (db) => {
      const removed = await db.deleteFrom('endpoints').where('id', '=', id).where('tenant', '=', tenant).returning('id').execute();
      return removed.length > 0;
    });
  },
  sealed: (page) => store.read((db) => read.readSealed(db, page)),
  reseal: (id, before, after) =>
    store.write(async (db) => {
      const same = db
        .updateTable('endpoints')
        .set({ sealed_secrets: json(after) })
        .where('id', '=', id);
      return (await same.where('sealed_secrets', '=', json(before)).returning('id').execute()).length > 0;
    }),
  event: (tenant, id) => store.read((db) => read.readEvent(db, tenant, id)),
  deliveries: (tenant, filter, page) => store.read((db) => read.listDeliveries(db, tenant, filter, page)),
  claim: (claim) => claimDeliveries(store, claim),
  record: (id, fence, result) => recordAttempt(store, id, fence, result),
  release: (claimed) => releaseDeliveries(store, claimed),
  replay: (tenant, deliveryId) => replayDelivery(store, tenant, deliveryId),
  recoverSince: (tenant, endpointId, sinceMs) => recoverSince(store, tenant, endpointId, sinceMs),
  nextDueMs: () => store.read(read.readNextDue),
  counts: async () => {
    const nowMs = await store.now();
    return store.read((db) => read.countPending(db, nowMs));
  },
  sweep: (beforeMs, limit) => store.write((db) => read.sweepDeliveries(db, beforeMs, limit)),
});

const createEndpoint: (store: LedgerStore, ...args: Parameters<CallbackLedger['create']>) => Promise<Endpoint> = async (
  store,
  tenant,
  endpoint,
) => {
  const { kind, url, description, events, sealedSecrets } = endpoint;
  storable('a tenant', tenant);
  for (const text of [url, description]) if (/\0|\p{Surrogate}/u.test(text)) storable('an endpoint', text);
  const before = kind === 'callback' ? await store.read((db) => callbackEndpoint(db, tenant, url)) : undefined;
  if (before !== undefined) return endpointOfRow(before);
  return store.write(async (db, nowMs) => {
    await store.flavour.oneAtATime(db, `endpoints ${tenant}`);
    const known = kind === 'callback' ? await callbackEndpoint(db, tenant, url) : undefined;
    if (known !== undefined) return endpointOfRow(known);
    const row: EndpointRow = {
      id: newId('whk', nowMs),
      tenant,
      kind,
      url,
      url_digest: digestOfText(url),
      description,
      events: json(events),
      enabled: 1,
      sealed_secrets: json(sealedSecrets),
      failing_since_ms: null,
      failed_messages: 0,
      disabled_reason: null,
      created_at_ms: nowMs,
      due_at_ms: null,
    };
    await db.insertInto('endpoints').values(row).execute();
    return endpointOfRow(row);
  });
};

const updateEndpoint: (store: LedgerStore, ...args: Parameters<CallbackLedger['update']>) => Promise<Endpoint | undefined> = async (
  store,
  tenant,
  id,
  change,
) => {
  if (!isStorable(tenant) || !isStorable(id)) return undefined;
  for (const text of [change.url ?? '', change.description ?? '']) if (/\0|\p{Surrogate}/u.test(text)) storable('an endpoint', text);
  return store.write(async (db) => {
    const found = db.selectFrom('endpoints').selectAll().where('id', '=', id).where('tenant', '=', tenant);
    const row = await store.flavour.forUpdate(found).executeTakeFirst();
    if (row === undefined) return undefined;
    const changed = columnsOf(change, row);
    if (Object.keys(changed).length > 0) await db.updateTable('endpoints').set(changed).where('id', '=', id).execute();
    if (change.enabled === false) await stopEndpoint(db, id);
    if (change.enabled === true) await setDue(db, id, false);
    return endpointOfRow({ ...row, ...changed });
  });
};

/** Switched on again, an endpoint starts with a clean slate. */
const columnsOf = (change: Parameters<CallbackLedger['update']>[2], row: EndpointRow): Partial<EndpointRow> => ({
  ...(change.url === undefined ? {} : { url: change.url, url_digest: digestOfText(change.url) }),
  ...(change.description === undefined ? {} : { description: change.description }),
  ...(change.events === undefined ? {} : { events: json(change.events) }),
  ...(change.sealedSecrets === undefined ? {} : { sealed_secrets: json(change.sealedSecrets) }),
  ...(change.enabled === undefined ? {} : { enabled: change.enabled ? 1 : 0 }),
  ...(change.enabled === true && row.enabled === 0 ? { failing_since_ms: null, failed_messages: 0, disabled_reason: null } : {}),
});
