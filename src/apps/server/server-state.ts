import { OriginList } from './auth/origin-list.ts';
import { TouchLog } from './auth/touch-log.ts';
import { Cursors } from './http/cursor.ts';
import { RateLimiter } from './http/rate-limiter.ts';
import { SharedAnswer } from './http/shared-answer.ts';
import { TenantPlaces } from './http/tenant-places.ts';
import type { HealthProbe, ServerParts } from './server-parts.ts';

type Readiness = Awaited<ReturnType<HealthProbe['ready']>>;

const READINESS_MS = 500;

/** What one running server remembers between requests. All of it may be lost. */
export type ServerState = {
  readonly rates: RateLimiter;
  readonly origins: OriginList;
  readonly touches: TouchLog;
  /** Long polls and event streams. */
  readonly waiting: TenantPlaces;
  readonly cursors: Cursors;
  readonly uploads: TenantPlaces;
  readonly previews: TenantPlaces;
  readonly readiness: SharedAnswer<Readiness>;
  /** Pages that anybody may read, by address, once they were asked for. */
  readonly pages: Map<string, string>;
};

export const openServerState = ({ ledger, config, health, now, log }: ServerParts): ServerState => ({
  rates: new RateLimiter(config.rates, now),
  origins: new OriginList(ledger.keys, now),
  touches: new TouchLog(ledger.keys, now, log),
  waiting: new TenantPlaces(config.maxWaiters, config.waitersOfTenant),
  cursors: new Cursors(config.cursorSecrets, now),
  uploads: new TenantPlaces(Number.POSITIVE_INFINITY, config.uploadsAtOnce),
  previews: new TenantPlaces(Number.POSITIVE_INFINITY, config.previewsAtOnce),
  readiness: new SharedAnswer(() => health.ready(), READINESS_MS, now),
  pages: new Map(),
});
