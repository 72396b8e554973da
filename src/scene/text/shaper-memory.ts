/** Gives back what the shaper allocated; calling it again does nothing. */
export type Release = () => void;

/**
 * Runs `make` and hands over, beside its value, the clean-up of every shaper object it created.
 *
 * The shaper's binding leaves clean-up to the garbage collector, which sees small handles and knows nothing of the megabytes of font
 * data behind them: a worker that opens a large font for every job would run out of memory long before it collects. The binding
 * registers a clean-up function with each new object; while `make` runs (it cannot yield) those functions come here instead.
 */
export const withRelease = <T>(make: () => T): { readonly value: T; readonly release: Release } => {
  const cleanups: (() => void)[] = [];
  const { prototype } = FinalizationRegistry;
  const original = Object.getOwnPropertyDescriptor(prototype, 'register');
  if (original === undefined) return { value: make(), release: () => undefined };
  const collect = (_target: unknown, cleanup: unknown): void => {
    if (typeof cleanup === 'function') cleanups.push(() => cleanup());
  };
  Object.defineProperty(prototype, 'register', { ...original, value: collect });
  // Last made, first released: a font before its face, a face before its data.
  const release = (): void => {
    for (let cleanup = cleanups.pop(); cleanup !== undefined; cleanup = cleanups.pop()) cleanup();
  };
  try {
    return { value: make(), release };
  } catch (error) {
    release();
    throw error;
  } finally {
    Object.defineProperty(prototype, 'register', original);
  }
};

const forgotten = new FinalizationRegistry<Release>((release) => release());

/** Releases for an owner that was dropped without being disposed of; returns what dispose() should call. */
export const releaseWith = (owner: object, release: Release): Release => {
  forgotten.register(owner, release, owner);
  return () => {
    forgotten.unregister(owner);
    release();
  };
};
