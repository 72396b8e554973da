import type { Migration } from './migration.ts';

/** The last message about each order, so that late copies of older ones change nothing. */
export const orderMessages: Migration = {
  number: 2,
  name: 'order messages',
  up: async (db) => {
    await db.schema
      .createTable('order_messages')
      .addColumn('tenant', 'text', (is) => is.notNull())
      .addColumn('source', 'text', (is) => is.notNull())
      .addColumn('reference', 'text', (is) => is.notNull())
      .addColumn('updated_at_ms', 'bigint', (is) => is.notNull())
      .addColumn('cancelled', 'bigint', (is) => is.notNull())
      .addColumn('noted_at_ms', 'bigint', (is) => is.notNull())
      .addPrimaryKeyConstraint('order_messages_pk', ['tenant', 'source', 'reference'])
      .execute();
    await db.schema.createIndex('order_messages_noted').on('order_messages').columns(['noted_at_ms']).execute();
  },
};
