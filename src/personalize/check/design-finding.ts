import type { Finding } from '../../model/finding.ts';

/** A finding about the design itself; the pointer is into the design. */
export const designFinding = (severity: Finding['severity'], code: string, pointer: string, message: string, hint?: string): Finding => ({
  severity,
  code,
  pointer,
  message,
  ...(hint === undefined ? {} : { hint }),
});
