import { writeFileSync } from 'node:fs';

/** A vitest reporter that leaves the true counts of the run in the file PLATEN_TEST_COUNTS names, and prints nothing. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      const states = tests.map((test) => test.result().state);
      counts.passed += states.filter((state) => state === 'passed').length;
      counts.failed += states.filter((state) => state === 'failed').length;
      // A file that did not load, or whose hooks threw, has no failed test to show for it.
      if (module.state() === 'failed' && !states.includes('failed')) counts.failed++;
    }
    writeFileSync(process.env.PLATEN_TEST_COUNTS, JSON.stringify(counts));
  }
}
