import type { CallbackLedger } from '../ledger.ts';
import type { Endpoint } from './event.ts';
import type { KeyRing } from './key-ring.ts';
import { isSealedByOldKey, seal, unseal } from './seal.ts';

export type Resealed = {
  /** Endpoints whose secrets are under the newest key now. */
  readonly endpoints: number;
  /** Endpoints with secrets that no key of the ring opens. */
  readonly unreadable: readonly string[];
};

const PAGE = 200;

/**
 * Seals secrets anew that an older master key sealed, so that the older key can go. A secret that is replaced meanwhile stays as it
 * became; one that cannot be opened stays as it is.
 */
export const resealSecrets = async (
  callbacks: Pick<CallbackLedger, 'sealed' | 'reseal'>,
  ring: KeyRing,
  signal: AbortSignal,
): Promise<Resealed> => {
  let endpoints = 0;
  const unreadable: string[] = [];
  for (let after: string | undefined; ; ) {
    signal.throwIfAborted();
    const page = await callbacks.sealed({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    for (const { id, tenant, sealedSecrets } of page) {
      if (!sealedSecrets.some(({ sealed }) => isSealedByOldKey(ring, sealed))) continue;
      const anew = sealAnew(ring, tenant, sealedSecrets);
      if (anew === undefined) unreadable.push(id);
      else if (await callbacks.reseal(id, sealedSecrets, anew)) endpoints += 1;
    }
    after = page.at(-1)?.id;
    if (page.length < PAGE || after === undefined) return { endpoints, unreadable };
  }
};

const sealAnew = (ring: KeyRing, tenant: string, secrets: Endpoint['sealedSecrets']): Endpoint['sealedSecrets'] | undefined => {
  try {
    return secrets.map(({ sealed, expiresAtMs }) => ({ sealed: seal(ring, unseal(ring, sealed, tenant), tenant), expiresAtMs }));
  } catch {
    return undefined;
  }
};
