import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** One step of the schema; never changed once it has been released. */
export type Migration = { readonly number: number; readonly name: string; readonly up: (db: Kysely<Tables>) => Promise<void> };
