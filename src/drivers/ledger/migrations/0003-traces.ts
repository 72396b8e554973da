import type { Migration } from './migration.ts';

/** Jobs and their events know the trace of the request that submitted them. */
export const traces: Migration = {
  number: 3,
  name: 'traces',
  up: async (db) => {
    for (const table of ['jobs', 'events']) await db.schema.alterTable(table).addColumn('trace', 'text').execute();
  },
};
