import { recoverSince, replayDelivery } from '../../../jobs/callbacks/endpoints.ts';
import type { Delivery } from '../../../jobs/callbacks/event.ts';
import { Problem } from '../../../model/problem.ts';
import { EXIT } from '../exit-codes.ts';
import type { Environment, OutputFlags } from '../run-command.ts';
import { withLedger } from './keys.ts';

export type WebhookFlags = OutputFlags & { readonly tenant: string };

/** `platen webhooks list`: endpoints, and how they do. */
export const listWebhooksCommand = (environment: Environment, flags: WebhookFlags): Promise<number> =>
  withLedger(environment, flags, async (ledger, terminal) => {
    for (const { id, kind, url, events, enabled, disabledReason, failedMessages } of await ledger.callbacks.endpoints(flags.tenant)) {
      const state = enabled
        ? failedMessages > 0
          ? `failing (${failedMessages} messages)`
          : 'ok'
        : `disabled: ${disabledReason ?? 'by hand'}`;
      if (terminal.json) terminal.event({ event: 'endpoint', id, kind, url, events, enabled, disabledReason, failedMessages });
      else terminal.print(`${id}  ${url}  ${events.join(',')}  ${state}`);
    }
    return EXIT.done;
  });

/** `platen webhooks deliveries ENDPOINT`: the newest first. */
export const deliveriesCommand = (
  environment: Environment,
  endpointId: string,
  flags: WebhookFlags & { readonly limit: number },
): Promise<number> =>
  withLedger(environment, flags, async (ledger, terminal) => {
    if (!(await ledger.callbacks.endpoint(flags.tenant, endpointId)))
      throw new Problem('endpoint.unknown', `expected a known endpoint of tenant "${flags.tenant}", got "${endpointId}"`, {
        hint: 'platen webhooks list',
      });
    for (const delivery of await ledger.callbacks.deliveries(flags.tenant, { endpointId }, { limit: flags.limit })) {
      if (terminal.json) terminal.event({ event: 'delivery', ...delivery });
      else terminal.print(lineOf(delivery));
    }
    return EXIT.done;
  });

const lineOf = ({ id, eventType, jobId, state, attempt, attempts }: Delivery): string => {
  const last = attempts.at(-1);
  const answer = last === undefined ? 'not yet sent' : (last.status ?? last.error ?? 'no answer');
  return `${id}  ${eventType}  ${jobId ?? '-'}  ${state}  ${attempt} attempts, last: ${answer}`;
};

/** `platen webhooks replay ID`: one delivery again, or with --since everything an endpoint missed for good. */
export const replayCommand = (environment: Environment, id: string, flags: WebhookFlags & { readonly since?: string }): Promise<number> =>
  withLedger(environment, flags, async (ledger, terminal) => {
    const { callbacks } = ledger;
    if (flags.since === undefined) {
      const delivery = await replayDelivery(callbacks, flags.tenant, id);
      terminal.event({ event: 'replayed', deliveryId: delivery.id, eventId: delivery.eventId });
      terminal.say(`${delivery.id} is due now: a running service sends it`);
      return EXIT.done;
    }
    const sinceMs = Date.parse(flags.since);
    if (Number.isNaN(sinceMs))
      throw new Problem('usage.invalid', `expected a time such as 2026-11-22T10:00:00Z for --since, got "${flags.since}"`);
    const nowMs = await ledger.now();
    const count = await recoverSince({ callbacks, now: () => nowMs }, flags.tenant, id, sinceMs);
    terminal.event({ event: 'recovered', endpointId: id, deliveries: count });
    terminal.say(`${count} messages are due now: a running service sends them`);
    return EXIT.done;
  });
