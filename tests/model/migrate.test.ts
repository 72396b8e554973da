import { describe, expect, test } from 'vitest';
import { type Migration, migrate } from '../../src/model/migrate.ts';

const renameArea: Migration = {
  name: 'areas became placements',
  from: 1,
  up: ({ areas, ...rest }) => ({ ...rest, placements: areas }),
};
const addUnit: Migration = { name: 'lengths say their unit', from: 2, up: (record) => ({ ...record, unit: 'mm' }) };
const record = { what: 'thing', field: 'version', current: 3, migrations: [renameArea, addUnit] };

describe('migrations', () => {
  test('bring an old record up step by step', () => {
    expect(migrate({ version: 1, areas: ['front'] }, record)).toEqual({ version: 3, placements: ['front'], unit: 'mm' });
  });

  test('leave a current record as it is', () => {
    const input = { version: 3, placements: [] };
    expect(migrate(input, record)).toBe(input);
  });

  test('refuse a newer record and a version with no way up', () => {
    expect(() => migrate({ version: 4 }, record)).toThrow(/version 3 or older, got 4/);
    expect(() => migrate({ version: 0 }, record)).toThrow(/still be read, got 0/);
  });

  test.each([null, 'text', 7, [1]])('leave %j for the schema to report', (input) => {
    expect(migrate(input, record)).toBe(input);
  });
});
