import { sql } from 'kysely';

/** Written into the statement and not bound to it: SQLite takes a partial index only for a condition that it can read. */
export const QUEUED = sql.lit<'queued'>('queued');
export const RUNNING = sql.lit<'running'>('running');
export const CANCELLED = sql.lit<'cancelled'>('cancelled');
export const PENDING = sql.lit<'pending'>('pending');
export const CALLBACK = sql.lit<'callback'>('callback');
export const NOT_DELAYED = sql.lit(0);
export const DELAYED = sql.lit(1);
