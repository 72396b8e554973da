import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/drivers/ledger/open-ledger.ts';
import type { AttemptResult } from '../../../src/jobs/callbacks/event.ts';
import type { Ledger, Outcome } from '../../../src/jobs/ledger.ts';
import { endpoint, type FreshPlace, key, newJob, openByTrueClock, problem, result, taken, track } from './world.ts';

const TENANTS = ['a', 'b', 'c'] as const;
const LOOPS = 8;
const ROUNDS = 45;
const PER_ENDPOINT = 2;

/** The same choices in every run; how they meet is up to the machine. */
const choices = (seed: number): (<T>(list: readonly [T, ...T[]]) => T) => {
  let state = seed;
  return (list) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return list[Math.floor(state / 65_536) % list.length] ?? list[0];
  };
};

const ends: readonly [Outcome, ...Outcome[]] = [
  { kind: 'succeeded', result: result() },
  { kind: 'failed', problem },
  { kind: 'retry', problem, afterMs: 20 },
  { kind: 'handed-back' },
];

const answers: readonly [AttemptResult['outcome'], ...AttemptResult['outcome'][]] = [
  { kind: 'delivered' },
  { kind: 'again', atMs: 0 },
  { kind: 'disable', reason: 'x' },
];

const attempt = (outcome: AttemptResult['outcome']): AttemptResult => ({
  atMs: 0,
  durationMs: 1,
  status: 500,
  error: null,
  excerpt: '',
  outcome,
});

class Mix {
  /** Breaches of what the ledger guarantees. */
  readonly wrong: string[] = [];
  readonly #claims = new Set<string>();
  readonly #published = new Set<string>();
  readonly #inFlight = new Map<string, number>();
  readonly #ids: (readonly [string, string])[] = [];
  #round = 0;

  async submit(ledger: Ledger, tenant: string): Promise<void> {
    this.#round += 1;
    const origin = { source: 's', reference: `${this.#round % 40}`, line: '1' };
    const submission = {
      jobs: [newJob(), newJob({ origin, lane: 'interactive' })],
      quota: 10_000,
      idempotency: key(`${this.#round % 60}`),
    };
    for (const job of taken(await ledger.jobs.submit(tenant, submission))) this.#ids.push([tenant, job.id]);
  }

  async work(ledger: Ledger, outcome: Outcome | undefined): Promise<void> {
    const job = await ledger.jobs.claim({ worker: 'w', leaseMs: 150 });
    if (job === undefined) return;
    this.#once(this.#claims, `claim ${job.id} ${job.fence}`);
    await ledger.jobs.renew(job.id, job.fence, { leaseMs: 150 });
    if (outcome === undefined) return;
    const done = await ledger.jobs.finish(job.id, job.fence, outcome);
    if (done?.state === 'succeeded' || done?.state === 'failed') this.#once(this.#published, `result of ${job.id}`);
  }

  async deliver(ledger: Ledger, outcome: AttemptResult['outcome']): Promise<void> {
    const works = await ledger.callbacks.claim({ worker: 'd', leaseMs: 60_000, limit: 6, perEndpoint: PER_ENDPOINT });
    for (const { endpoint: to } of works) {
      const inFlight = (this.#inFlight.get(to.id) ?? 0) + 1;
      this.#inFlight.set(to.id, inFlight);
      if (inFlight > PER_ENDPOINT) this.wrong.push(`${inFlight} in flight to ${to.id}`);
    }
    for (const { endpoint: to, delivery, fence } of works) {
      this.#inFlight.set(to.id, (this.#inFlight.get(to.id) ?? 0) - 1);
      await ledger.callbacks.record(delivery.id, fence, attempt(outcome));
    }
  }

  async cancel(ledger: Ledger): Promise<void> {
    const [tenant, id] = this.#ids.at(-1) ?? ['a', 'job_unknown'];
    await ledger.jobs.cancel(tenant, id);
  }

  #once(seen: Set<string>, what: string): void {
    if (seen.has(what)) this.wrong.push(`${what} twice`);
    seen.add(what);
  }
}

export const mixSuite = (name: string, place: FreshPlace): void => {
  describe(`a mix of everything at one ledger in ${name}`, () => {
    it('neither fails, nor publishes twice, nor leaves a delivery behind', async () => {
      const { ledger, place: where } = await openByTrueClock(place);
      const other = await track(openLedger(where));
      const hooks = await Promise.all(TENANTS.flatMap((tenant) => [1, 2].map(() => ledger.callbacks.create(tenant, endpoint()))));
      const mix = new Mix();
      const loop = async (at: number): Promise<void> => {
        const pick = choices(at + 1);
        for (let round = 0; round < ROUNDS; round++) {
          const one = pick([ledger, other]);
          const hook = pick([hooks[0], ...hooks]);
          switch (pick(['submit', 'work', 'work', 'deliver', 'deliver', 'cancel', 'recover', 'switch', 'sweep'])) {
            case 'submit':
              await mix.submit(one, pick(TENANTS));
              break;
            case 'work':
              await mix.work(one, pick([undefined, ...ends]));
              break;
            case 'deliver':
              await mix.deliver(one, pick(answers));
              break;
            case 'cancel':
              await mix.cancel(one);
              break;
            case 'recover':
              await one.jobs.recover({ maxCrashes: 2, isDead: () => false });
              break;
            case 'switch':
              await one.callbacks.update(hook?.tenant ?? '', hook?.id ?? '', { enabled: pick([true, true, false]) });
              break;
            case 'sweep':
              await one.callbacks.sweep(Date.now() - 500, 20);
              await one.jobs.remove((await one.jobs.expired(Date.now() - 500, 20)).map(({ id }) => id));
              break;
          }
        }
      };
      await Promise.all(Array.from({ length: LOOPS }, (_, at) => loop(at)));
      expect(mix.wrong).toEqual([]);
      for (const { tenant, id } of hooks) await ledger.callbacks.update(tenant, id, { enabled: true });
      while ((await ledger.callbacks.nextDueMs()) !== undefined) await mix.deliver(ledger, { kind: 'delivered' });
      expect((await ledger.callbacks.counts()).pending).toBe(0);
      expect(mix.wrong).toEqual([]);
    });
  });
};
