// A process that works at a ledger until its task is done or it is killed. It writes a line for what the ledger has acknowledged.
import { openLedger } from '../../../dist/drivers/ledger/open-ledger.js';

const { place, task } = JSON.parse(process.argv[2] ?? '{}');
const ledger = await openLedger(place);
const say = (line) => new Promise((resolve) => process.stdout.write(`${line}\n`, resolve));

const job = {
  lane: 'batch',
  spec: { product: 'mug' },
  options: {},
  origin: null,
  metadata: {},
  callbackUrl: null,
  rerenderOf: null,
  problem: null,
};
const manifest = {
  version: 1,
  platen: '0',
  status: 'made',
  specDigest: '',
  product: 'mug',
  shop: 'standard',
  inputs: [],
  artifacts: [],
  findings: [],
};
const outcome = { kind: 'succeeded', result: { manifestKey: 'm', manifest, keys: {} } };

if (task.do === 'open') await say('open');
if (task.do === 'claim') {
  for (let claimed = await ledger.jobs.claim({ worker: task.worker, leaseMs: 60_000 }); claimed !== undefined; ) {
    await say(claimed.id);
    if ((await ledger.jobs.finish(claimed.id, claimed.fence, outcome)) === undefined)
      throw new Error('expected the fence to be the newest');
    claimed = await ledger.jobs.claim({ worker: task.worker, leaseMs: 60_000 });
  }
}
if (task.do === 'submit') {
  for (let round = 0; ; round++) {
    const idempotency = { route: 'POST /v1/jobs', key: `k${round}`, fingerprint: 'f', keepMs: 600_000 };
    const { jobs } = await ledger.jobs.submit(task.tenant, { jobs: [job, job, job], idempotency });
    await say(`k${round} ${jobs.map(({ id }) => id).join(' ')}`);
  }
}
await ledger.close();
