/** A rendering process of the built package that spins for ever as soon as it has started. */
await import('../../../dist/apps/worker/child.js');
process.stderr.write('spinning\n', () => {
  setTimeout(() => {
    for (;;);
  }, 50);
});
