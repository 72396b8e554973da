import { OriginList } from './auth/origin-list.ts';
import { TouchLog } from './auth/touch-log.ts';
import { Cursors } from './http/cursor.ts';
import { RateLimiter } from './http/rate-limiter.ts';
import { WaitingRoom } from './http/waiting-room.ts';
import type { ServerParts } from './server-parts.ts';

/** What one running server remembers between requests. All of it may be lost. */
export type ServerState = {
  readonly rates: RateLimiter;
  readonly origins: OriginList;
  readonly touches: TouchLog;
  readonly waiting: WaitingRoom;
  readonly cursors: Cursors;
  /** Uploads under way by tenant. */
  readonly uploads: Map<string, number>;
};

export const openServerState = ({ ledger, config, now, log }: ServerParts): ServerState => ({
  rates: new RateLimiter(config.rates, now),
  origins: new OriginList(ledger.keys, now),
  touches: new TouchLog(ledger.keys, now, log),
  waiting: new WaitingRoom(config.maxWaiters),
  cursors: new Cursors(config.cursorSecrets, now),
  uploads: new Map(),
});
