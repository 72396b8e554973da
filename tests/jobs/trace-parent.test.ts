import { expect, it } from 'vitest';
import { parseTraceParent } from '../../src/jobs/trace-parent.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

it('reads the ids of a trace as its specification writes them', () => {
  expect(parseTraceParent(`00-${TRACE}-${SPAN}-01`)).toEqual({ traceId: TRACE, spanId: SPAN, traceFlags: 1 });
});

it.each([
  undefined,
  ['a', 'b'],
  '',
  `01-${TRACE}-${SPAN}-01`,
  `00-${TRACE}-${SPAN}-01-more`,
  `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${TRACE}-${'0'.repeat(16)}-01`,
  `00-${TRACE}-${SPAN}-01\r\nx: y`,
])('takes nothing else for one: %j', (text) => {
  expect(parseTraceParent(text)).toBeUndefined();
});
