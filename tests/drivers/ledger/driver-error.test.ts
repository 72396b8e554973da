import { describe, expect, it } from 'vitest';
import { problemOfDriver, troubleOf } from '../../../src/drivers/ledger/driver-error.ts';
import { Problem } from '../../../src/model/problem.ts';

const failing = (facts: Readonly<Record<string, unknown>>, message = 'x'): Error => Object.assign(new Error(message), facts);

describe('an error of a database driver', () => {
  it.each([
    ['a full disk to SQLite', failing({ errcode: 13 }), 'ledger.full', 'later'],
    ['a full disk to Postgres', failing({ code: '53100' }), 'ledger.full', 'later'],
    ['a full disk to the system', failing({ code: 'ENOSPC' }), 'ledger.full', 'later'],
    ['a lock of another process', failing({ errcode: 517 }), 'ledger.unavailable', 'later'],
    ['a read that failed on disk', failing({ errcode: 266 }), 'ledger.unavailable', 'later'],
    ['a refused connection', failing({ code: 'ECONNREFUSED' }), 'ledger.unavailable', 'later'],
    ['a server that shuts down', failing({ code: '57P01' }), 'ledger.unavailable', 'later'],
    ['too many connections', failing({ code: '53300' }), 'ledger.unavailable', 'later'],
    ['a standby that only reads', failing({ code: '25006' }), 'ledger.unavailable', 'later'],
    ['a connection that was cut', failing({}, 'Connection terminated unexpectedly'), 'ledger.unavailable', 'later'],
    ['a connection that was not made in time', failing({}, 'timeout exceeded when trying to connect'), 'ledger.unavailable', 'later'],
    ['a NUL', failing({ code: '22021' }), 'ledger.text', 'never'],
    ['a broken file', failing({ errcode: 11 }), 'ledger.failed', 'never'],
    ['a constraint', failing({ code: '23505' }), 'ledger.failed', 'never'],
    ['no error at all', 'text', 'ledger.failed', 'never'],
  ])('is told as a problem: %s', (_, error, code, retry) => {
    expect(problemOfDriver(error)).toMatchObject({ name: 'Problem', code, retry, cause: error });
  });

  it('is tried again when it is a lock, a serialisation failure or a deadlock', () => {
    const busy = [{ errcode: 5 }, { errcode: 262 }, { code: '40001' }, { code: '40P01' }];
    expect(busy.map((facts) => troubleOf(failing(facts)))).toEqual(['busy', 'busy', 'busy', 'busy']);
  });

  it('stays the problem that it is', () => {
    const problem = new Problem('ledger.callback', 'x');
    expect(problemOfDriver(problem)).toBe(problem);
  });
});
