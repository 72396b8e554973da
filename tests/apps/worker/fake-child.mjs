/** A rendering process that does what the spec of a job says instead of rendering: it speaks the same messages. */
const send = (message) => process.send(message);
const result = { manifestKey: 'k', manifest: { pid: process.pid }, keys: {} };
const done = (id) => send({ type: 'done', id, result: { kind: 'succeeded', result } });
const failed = (id, problem, retry = 'never') => send({ type: 'failed', id, failure: { problem, retry } });
const kept = [];
let deaf = false;

const perform = (id, job) => {
  send({ type: 'progress', id, progress: { step: 'made', done: 1, total: 2 } });
  switch (job.spec.do) {
    case 'work':
      return done(id);
    case 'fail':
      return failed(id, {
        code: 'input.invalid',
        message: 'two mistakes',
        errors: [
          { pointer: '/a', message: 'one' },
          { pointer: '/b', message: 'two' },
        ],
      });
    case 'later':
      return failed(id, { code: 'store.unavailable', message: 'away' }, 'later');
    case 'signal':
      return process.kill(process.pid, 'SIGSEGV');
    case 'exit':
      return process.exit(7);
    case 'throw':
      return setImmediate(() => {
        throw new Error('last words');
      });
    case 'heap':
      for (;;) kept.push(new Array(100_000).fill(kept.length));
    case 'memory':
      kept.push(Buffer.alloc(400 * 1024 * 1024, 1));
      return;
    case 'endless':
      // The progress must leave first, and an abort that comes meanwhile is too early.
      deaf = true;
      return setTimeout(() => {
        for (;;);
      }, 10);
    case 'keep':
      // Made, and never done keeping it.
      return send({ type: 'made', id });
    case 'keep-and-end':
      send({ type: 'made', id });
      return setTimeout(() => done(id), 300);
    case 'patient':
      // Ends only when told to.
      return;
  }
};

process.on('message', (message) => {
  if (message.type === 'start') {
    if (message.config.version === 'broken')
      send({ type: 'broken', failure: { problem: { code: 'store.unavailable', message: 'no disk' }, retry: 'later' } });
    else if (message.config.version !== 'silent') send({ type: 'ready' });
  } else if (message.type === 'run') perform(message.id, message.task.job);
  else if (!deaf) failed(message.id, { code: 'job.internal', message: 'aborted' });
});
process.on('disconnect', () => process.exit(0));
