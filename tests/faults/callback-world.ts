import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openLedger } from '../../src/drivers/ledger/open-ledger.ts';
import { type Deliverer, type DelivererOptions, startDeliverer } from '../../src/jobs/callbacks/deliverer.ts';
import { createEndpoint, type EndpointWithSecret, secretsOf } from '../../src/jobs/callbacks/endpoints.ts';
import type { Delivery } from '../../src/jobs/callbacks/event.ts';
import { openKeyRing } from '../../src/jobs/callbacks/key-ring.ts';
import type { CallbackRequest } from '../../src/jobs/callbacks/send.ts';
import type { NewJob } from '../../src/jobs/job.ts';
import type { Ledger } from '../../src/jobs/ledger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { until } from '../support/until.ts';

export const HOUR = 3_600_000;
export const TENANT = 'acme';

/** A job that is final when it is made, so that its event is written at once. */
const finalJob = (callbackUrl: string | null): NewJob => ({
  lane: 'batch',
  spec: { version: 1 },
  options: {},
  origin: null,
  metadata: {},
  callbackUrl,
  rerenderOf: null,
  problem: { code: 'answers.missing', message: 'expected a name, got none' },
});

/** A real ledger whose clock the test moves, and a deliverer over it. */
export class CallbackWorld {
  readonly ring = openKeyRing({ id: 'k1', bytes: randomBytes(32) });
  readonly ledger: Ledger;
  readonly clock: { ms: number };
  readonly errors: unknown[] = [];
  readonly #deliverers: Deliverer[] = [];
  #inFlight = 0;

  constructor(ledger: Ledger, clock: { ms: number }) {
    this.ledger = ledger;
    this.clock = clock;
  }

  static async open(): Promise<CallbackWorld> {
    const clock = { ms: Date.now() };
    const ledger = await openLedger({ kind: 'sqlite', file: join(await temporaryFolder(), 'ledger.db') }, { now: () => clock.ms });
    return new CallbackWorld(ledger, clock);
  }

  deliverWith(options: Pick<DelivererOptions, 'send'> & Partial<DelivererOptions>): Deliverer {
    const deliverer = startDeliverer({
      callbacks: this.ledger.callbacks,
      secretsOf: (endpoint, nowMs) => secretsOf(this.ring, endpoint, nowMs),
      worker: `worker ${this.#deliverers.length}`,
      now: () => this.ledger.now(),
      random: () => 0.5,
      pollMs: 20,
      onError: (error) => this.errors.push(error),
      ...options,
      send: async (request: CallbackRequest, signal) => {
        this.#inFlight += 1;
        try {
          return await options.send(request, signal);
        } finally {
          this.#inFlight -= 1;
        }
      },
    });
    this.#deliverers.push(deliverer);
    return deliverer;
  }

  endpoint(url: string): Promise<EndpointWithSecret> {
    const deps = { callbacks: this.ledger.callbacks, ring: this.ring, checkUrl: async (text: string) => text, now: () => this.clock.ms };
    return createEndpoint(deps, TENANT, { url });
  }

  /** News of so many jobs, for every endpoint of the tenant. */
  async news(count = 1, callbackUrl: string | null = null, trace?: string): Promise<void> {
    await this.ledger.jobs.submit(TENANT, { jobs: Array.from({ length: count }, () => finalJob(callbackUrl)), trace });
    for (const deliverer of this.#deliverers) deliverer.nudge();
  }

  /** Lets everything that is due until then happen at its time. */
  async passUntil(ms: number): Promise<void> {
    for (;;) {
      await this.quiet();
      const due = await this.ledger.callbacks.nextDueMs();
      if (due === undefined || due > ms) break;
      this.clock.ms = Math.max(this.clock.ms, due);
      for (const deliverer of this.#deliverers) deliverer.nudge();
    }
    this.clock.ms = Math.max(this.clock.ms, ms);
  }

  /** Nothing is due and nothing under way. */
  quiet(): Promise<void> {
    return until('nothing due and nothing under way', async () => {
      const due = await this.ledger.callbacks.nextDueMs();
      return this.#inFlight === 0 && (due === undefined || due > this.clock.ms);
    });
  }

  async deliveriesOf(endpointId: string): Promise<readonly Delivery[]> {
    const list: Delivery[] = [];
    for (;;) {
      const after = list.at(-1)?.id;
      const page = await this.ledger.callbacks.deliveries(
        TENANT,
        { endpointId },
        { limit: 200, ...(after === undefined ? {} : { after }) },
      );
      list.push(...page);
      if (page.length < 200) return list;
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#deliverers.map((deliverer) => deliverer.stop(0)));
    await this.ledger.close();
  }
}
