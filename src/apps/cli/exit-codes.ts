/** 0 done; 1 findings of severity error, or it failed; 2 wrong usage; 130 interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;
