import { join } from 'node:path';
import { productIdsIn } from '../cli/product-folder.ts';
import type { ServiceConfig } from './config.ts';
import { readConnections } from './connections.ts';
import { addGivenKeys, givenKeysIn, makeFirstKey } from './first-key.ts';
import { healthProbe } from './health.ts';
import { runMetricsServer } from './metrics-server.ts';
import { openParts, type ServiceParts } from './open-parts.ts';
import { childConfig } from './render-pools.ts';
import { runServer } from './run-server.ts';
import { type Running, runChores, runWorker } from './run-worker.ts';

export type Service = Running & {
  readonly parts: ServiceParts;
  /** Where the API listens; null for a process that only works. */
  readonly url: string | null;
  /** The token of a key that was made because there was none; to be shown once. */
  readonly firstKey: string | undefined;
};

export type ServiceRole = { readonly api: boolean; readonly worker: boolean };

/**
 * Starts what the role asks for, on one set of parts. What was started before a failure is stopped again.
 * @throws Problem that says what could not be started
 */
export const startService = async (config: ServiceConfig, version: string, role: ServiceRole): Promise<Service> => {
  const { keys: givenKeys } = givenKeysIn(config.values.PLATEN_API_KEYS);
  const connections = await readConnections(config.values.PLATEN_CONNECTIONS_FILE, config.env);
  const parts = await openParts(config, version);
  const running: Running[] = [];
  const closing = new AbortController();
  /** Readiness first, then what takes new work, then what finishes it. */
  const stop = async (): Promise<void> => {
    closing.abort();
    for (const one of running.splice(0).reverse()) await one.stop();
    await parts.close();
  };
  try {
    for (const warning of config.warnings) parts.log.warn(warning);
    // Else every order would be refused, one by one, for a product that nobody has.
    await productIdsIn(join(childConfig(parts).templatesDir, 'products'));
    await addGivenKeys(parts.ledger.keys, givenKeys);
    if (role.api && config.values.PLATEN_PORT > 0) parts.ownPorts.add(config.values.PLATEN_PORT);
    const metrics = await runMetricsServer(parts, healthProbe(parts, closing.signal));
    if (metrics) running.push(metrics);
    const chores = runChores(parts);
    running.push(chores);
    if (role.worker) running.push(await runWorker(parts, chores.wakeDeliverer));
    const server = role.api ? await runServer(parts, connections, chores.wakeDeliverer) : null;
    if (server) running.push(server);
    // Last: a key made by a start that fails would never be shown.
    const firstKey = role.api && !config.dev ? await makeFirstKey(parts.ledger.keys) : undefined;
    return { parts, url: server?.url ?? null, firstKey, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
