import { Problem } from '../../model/problem.ts';

/** What `ifAbsent` answers when there is a file already. */
export const keyTaken = (key: string): Problem => new Problem('store.exists', `expected a free key, got "${key}" which is taken`);
