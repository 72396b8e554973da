import { z } from 'zod';
import { LANES } from '../../jobs/job.ts';
import type { Waiting } from '../../jobs/ledger.ts';

/** What a queue server holds of a job: ids alone, never the spec. Grows with the version when its members change. */
const ticketSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().regex(/^job_[0-9a-z]{10,60}$/),
  tenant: z.string().min(1).max(200),
  lane: z.enum(LANES),
  attempt: z.int().nonnegative(),
});
export type Ticket = z.output<typeof ticketSchema>;

export const ticketOf = ({ id, tenant, lane, attempt }: Waiting): Ticket => ({ v: 1, id, tenant, lane, attempt });

/** One per job and attempt. */
export const ticketId = ({ id, attempt }: Pick<Waiting, 'id' | 'attempt'>): string => `${id}.${attempt}`;

/** Why somebody else must have written this ticket, or another version of us; null when it is one of ours. */
export const ticketFault = (name: string, data: unknown): string | null => {
  const parsed = ticketSchema.safeParse(data);
  if (!parsed.success) return parsed.error.issues.map(({ path, message }) => `/${path.join('/')}: ${message}`).join('; ');
  return ticketId(parsed.data) === name ? null : 'expected the ticket to be named after its job and attempt';
};
