/** Start of a Node process that keeps to its share of the cores. */
export type CoreShare = { readonly execArgv: readonly string[]; readonly env: NodeJS.ProcessEnv };

/**
 * How to start a rendering process that may use so many cores. With one it collects its garbage itself: helpers of the collector that have to
 * wait for a core spin, and took a third of the time of two busy processes on two cores.
 */
export const coreShare = (cores: number): CoreShare => {
  const share = Math.max(1, Math.floor(cores));
  return {
    execArgv: share === 1 ? ['--single-threaded-gc'] : [],
    env: { MALLOC_ARENA_MAX: '2', VIPS_CONCURRENCY: String(share), VIPS_WARNING: '0' },
  };
};
