import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';
import type { Migration } from './migration.ts';

type Column = readonly [name: string, type: 'text' | 'bigint', rest?: 'null'];

const table = async (db: Kysely<Tables>, name: string, primary: readonly string[], columns: readonly Column[]): Promise<void> => {
  let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const [column, type, rest] of columns) builder = builder.addColumn(column, type, (is) => (rest === 'null' ? is : is.notNull()));
  await builder.addPrimaryKeyConstraint(`${name}_pk`, [...primary]).execute();
};

type Index = { readonly on: readonly string[]; readonly unique?: true; readonly where?: string };

const index = async (db: Kysely<Tables>, name: string, on: string, { on: columns, unique, where }: Index): Promise<void> => {
  let builder = db.schema
    .createIndex(name)
    .on(on)
    .columns([...columns]);
  if (unique === true) builder = builder.unique();
  await (where === undefined ? builder : builder.where(sql.raw(where).$castTo<boolean>())).execute();
};

const jobs: readonly Column[] = [
  ['id', 'text'],
  ['tenant', 'text'],
  ['lane', 'text'],
  ['state', 'text'],
  ['spec', 'text'],
  ['spec_digest', 'text'],
  ['options', 'text'],
  ['source', 'text', 'null'],
  ['reference', 'text', 'null'],
  ['line', 'text', 'null'],
  ['origin_key', 'text', 'null'],
  ['product', 'text', 'null'],
  ['metadata', 'text'],
  ['callback_url', 'text', 'null'],
  ['callback_digest', 'text', 'null'],
  ['batch_id', 'text', 'null'],
  ['rerender_of', 'text', 'null'],
  ['attempt', 'bigint'],
  ['crashes', 'bigint'],
  ['fence', 'bigint'],
  ['worker', 'text', 'null'],
  ['lease_until_ms', 'bigint', 'null'],
  ['not_before_ms', 'bigint'],
  ['delayed', 'bigint'],
  ['turn', 'bigint'],
  ['cancel_requested', 'bigint'],
  ['progress', 'text', 'null'],
  ['revision', 'bigint'],
  ['created_at_ms', 'bigint'],
  ['updated_at_ms', 'bigint'],
  ['started_at_ms', 'bigint', 'null'],
  ['finished_at_ms', 'bigint', 'null'],
  ['result', 'text', 'null'],
  ['problem', 'text', 'null'],
];

const jobTables = async (db: Kysely<Tables>): Promise<void> => {
  await table(db, 'jobs', ['id'], jobs);
  await index(db, 'jobs_turn', 'jobs', { on: ['lane', 'turn', 'id'], where: "state = 'queued' and delayed = 0" });
  await index(db, 'jobs_due', 'jobs', { on: ['delayed', 'not_before_ms'], where: "state = 'queued'" });
  await index(db, 'jobs_waiting', 'jobs', { on: ['id'], where: "state = 'queued'" });
  await index(db, 'jobs_tenant_turn', 'jobs', { on: ['tenant', 'lane', 'turn'], where: "state = 'queued'" });
  await index(db, 'jobs_running', 'jobs', { on: ['tenant', 'id'], where: "state = 'running'" });
  await index(db, 'jobs_origin', 'jobs', {
    on: ['tenant', 'origin_key'],
    unique: true,
    where: "origin_key is not null and state <> 'cancelled'",
  });
  await index(db, 'jobs_newest', 'jobs', { on: ['tenant', 'id'] });
  await index(db, 'jobs_newest_of_state', 'jobs', { on: ['tenant', 'state', 'id'] });
  await index(db, 'jobs_newest_of_reference', 'jobs', { on: ['tenant', 'reference', 'id'], where: 'reference is not null' });
  await index(db, 'jobs_newest_of_product', 'jobs', { on: ['tenant', 'product', 'id'], where: 'product is not null' });
  await index(db, 'jobs_newest_of_batch', 'jobs', { on: ['tenant', 'batch_id', 'id'], where: 'batch_id is not null' });
  await index(db, 'jobs_of_batch', 'jobs', { on: ['batch_id', 'state'], where: 'batch_id is not null' });
  await index(db, 'jobs_finished', 'jobs', { on: ['finished_at_ms', 'id'], where: 'finished_at_ms is not null' });
  await index(db, 'jobs_callback', 'jobs', {
    on: ['tenant', 'callback_digest'],
    where: 'callback_digest is not null and finished_at_ms is null',
  });
  await index(db, 'jobs_count', 'jobs', { on: ['lane', 'state'] });
  await table(
    db,
    'job_files',
    ['job_id', 'store_key'],
    [
      ['job_id', 'text'],
      ['store_key', 'text'],
    ],
  );
  await index(db, 'job_files_key', 'job_files', { on: ['store_key', 'job_id'] });
  await table(
    db,
    'turns',
    ['lane', 'tenant'],
    [
      ['lane', 'text'],
      ['tenant', 'text'],
      ['started_turn', 'bigint'],
    ],
  );
  await index(db, 'turns_started', 'turns', { on: ['lane', 'started_turn'] });
  await table(
    db,
    'batches',
    ['id'],
    [
      ['id', 'text'],
      ['tenant', 'text'],
      ['metadata', 'text'],
      ['created_at_ms', 'bigint'],
    ],
  );
  await table(
    db,
    'idempotency',
    ['tenant', 'route', 'idempotency_key'],
    [
      ['tenant', 'text'],
      ['route', 'text'],
      ['idempotency_key', 'text'],
      ['fingerprint', 'text'],
      ['state', 'text'],
      ['busy_until_ms', 'bigint'],
      ['answer', 'text', 'null'],
      ['expires_at_ms', 'bigint'],
    ],
  );
  await index(db, 'idempotency_expires', 'idempotency', { on: ['expires_at_ms'] });
};

const callbackTables = async (db: Kysely<Tables>): Promise<void> => {
  await table(
    db,
    'endpoints',
    ['id'],
    [
      ['id', 'text'],
      ['tenant', 'text'],
      ['kind', 'text'],
      ['url', 'text'],
      ['url_digest', 'text'],
      ['description', 'text'],
      ['events', 'text'],
      ['enabled', 'bigint'],
      ['sealed_secrets', 'text'],
      ['failing_since_ms', 'bigint', 'null'],
      ['failed_messages', 'bigint'],
      ['disabled_reason', 'text', 'null'],
      ['created_at_ms', 'bigint'],
      ['due_at_ms', 'bigint', 'null'],
    ],
  );
  await index(db, 'endpoints_tenant', 'endpoints', { on: ['tenant', 'kind', 'id'] });
  await index(db, 'endpoints_callback', 'endpoints', { on: ['tenant', 'url_digest'], unique: true, where: "kind = 'callback'" });
  await index(db, 'endpoints_callback_age', 'endpoints', { on: ['created_at_ms'], where: "kind = 'callback'" });
  await index(db, 'endpoints_due', 'endpoints', { on: ['due_at_ms'], where: 'due_at_ms is not null' });
  await table(
    db,
    'events',
    ['id'],
    [
      ['id', 'text'],
      ['tenant', 'text'],
      ['type', 'text'],
      ['job_id', 'text', 'null'],
      ['sequence', 'bigint'],
      ['created_at_ms', 'bigint'],
      ['data', 'text'],
    ],
  );
  await index(db, 'events_job', 'events', { on: ['job_id', 'sequence'], where: 'job_id is not null' });
  await index(db, 'events_created', 'events', { on: ['created_at_ms'] });
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (is) => is.primaryKey())
    .addColumn('tenant', 'text', (is) => is.notNull())
    .addColumn('event_id', 'text', (is) => is.notNull().references('events.id').onDelete('cascade'))
    .addColumn('event_type', 'text', (is) => is.notNull())
    .addColumn('job_id', 'text')
    .addColumn('endpoint_id', 'text', (is) => is.notNull().references('endpoints.id').onDelete('cascade'))
    .addColumn('state', 'text', (is) => is.notNull())
    .addColumn('attempt', 'bigint', (is) => is.notNull())
    .addColumn('next_at_ms', 'bigint')
    .addColumn('created_at_ms', 'bigint', (is) => is.notNull())
    .addColumn('attempts', 'text', (is) => is.notNull())
    .addColumn('worker', 'text')
    .addColumn('lease_until_ms', 'bigint')
    .addColumn('fence', 'bigint', (is) => is.notNull())
    .addColumn('counted_since_ms', 'bigint')
    .execute();
  await index(db, 'deliveries_due', 'deliveries', {
    on: ['endpoint_id', 'next_at_ms', 'id'],
    where: "state = 'pending' and lease_until_ms is null",
  });
  await index(db, 'deliveries_leased', 'deliveries', { on: ['endpoint_id', 'lease_until_ms'], where: 'lease_until_ms is not null' });
  await index(db, 'deliveries_pending', 'deliveries', { on: ['created_at_ms'], where: "state = 'pending'" });
  await index(db, 'deliveries_settled', 'deliveries', { on: ['created_at_ms', 'id'], where: "state <> 'pending'" });
  await index(db, 'deliveries_endpoint', 'deliveries', { on: ['endpoint_id', 'state', 'created_at_ms'] });
  await index(db, 'deliveries_event', 'deliveries', { on: ['event_id', 'endpoint_id', 'state'] });
  await index(db, 'deliveries_newest', 'deliveries', { on: ['tenant', 'id'] });
  await index(db, 'deliveries_newest_of_endpoint', 'deliveries', { on: ['tenant', 'endpoint_id', 'id'] });
  await index(db, 'deliveries_newest_of_state', 'deliveries', { on: ['tenant', 'state', 'id'] });
  await index(db, 'deliveries_job', 'deliveries', { on: ['job_id', 'id'], where: 'job_id is not null' });
};

const otherTables = async (db: Kysely<Tables>): Promise<void> => {
  await table(
    db,
    'api_keys',
    ['key_id'],
    [
      ['key_id', 'text'],
      ['tenant', 'text'],
      ['name', 'text'],
      ['scopes', 'text'],
      ['secret_digest', 'text'],
      ['origins', 'text'],
      ['created_at_ms', 'bigint'],
      ['expires_at_ms', 'bigint', 'null'],
      ['revoked_at_ms', 'bigint', 'null'],
      ['last_used_at_ms', 'bigint', 'null'],
    ],
  );
  await index(db, 'api_keys_tenant', 'api_keys', { on: ['tenant', 'created_at_ms'] });
  await table(
    db,
    'assets',
    ['id'],
    [
      ['id', 'text'],
      ['tenant', 'text'],
      ['state', 'text'],
      ['store_key', 'text'],
      ['name', 'text', 'null'],
      ['media_type', 'text', 'null'],
      ['sha256', 'text', 'null'],
      ['bytes', 'bigint', 'null'],
      ['created_at_ms', 'bigint'],
    ],
  );
  await index(db, 'assets_tenant', 'assets', { on: ['tenant', 'bytes'] });
  await index(db, 'assets_created', 'assets', { on: ['created_at_ms', 'id'] });
};

export const first: Migration = {
  number: 1,
  name: 'first',
  up: async (db) => {
    await jobTables(db);
    await callbackTables(db);
    await otherTables(db);
  },
};
