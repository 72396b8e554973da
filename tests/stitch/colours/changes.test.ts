import { describe, expect, it } from 'vitest';
import { digitize } from '../../../src/stitch/digitize.ts';
import { overlapGraph } from '../../../src/stitch/order/overlap-graph.ts';
import { piecesOf } from '../../../src/stitch/order/pieces.ts';
import { sewingOrder } from '../../../src/stitch/order/sewing-order.ts';
import type { StitchRegion } from '../../../src/stitch/region.ts';
import { options } from '../order/hand-work.ts';
import { DESIGNS } from './designs.ts';

/**
 * The fewest blocks of one colour by breadth: from each set of pieces that can be sewn in so many blocks, every colour once more with all that is
 * free. To leave a free piece for later never saves a block: what it keeps waiting could have come as soon.
 */
const fewestBlocks = (colours: readonly string[], above: readonly (readonly number[])[]): number => {
  const beneath = colours.map((_, j) => above.flatMap((later, i) => (later.includes(j) && colours[i] !== colours[j] ? [i] : [])));
  let states = new Map<string, readonly boolean[]>([['', colours.map(() => false)]]);
  for (let blocks = 0; ; blocks += 1) {
    const next = new Map<string, readonly boolean[]>();
    for (const done of states.values()) {
      if (done.every(Boolean)) return blocks;
      for (const colour of new Set(colours)) {
        const sewn = [...done];
        colours.forEach((own, j) => {
          if (own === colour && beneath[j]?.every((i) => done[i])) sewn[j] = true;
        });
        next.set(sewn.map(Number).join(''), sewn);
      }
    }
    states = next;
  }
};

const planOf = (regions: readonly StitchRegion[]): { readonly blocks: number; readonly fewest: number } => {
  const { pieces } = piecesOf(regions);
  const graph = overlapGraph(pieces, 1);
  const colours = pieces.map(({ owner }) => regions[owner]?.thread.colour ?? '');
  return { blocks: sewingOrder(pieces, regions, graph).length, fewest: fewestBlocks(colours, graph.above) };
};

describe('changes of colour', () => {
  it.each(DESIGNS)('are as few as who lies on whom allows: %s', (_, design) => {
    const { blocks, fewest } = planOf(design());
    expect(blocks).toBe(fewest);
  });

  it('are told as they are in the plan', () => {
    const [, design] = DESIGNS.find(([name]) => name === 'a badge of concentric discs') ?? DESIGNS[0] ?? [];
    const regions = design?.() ?? [];
    expect(digitize(regions, options()).plan.blocks.length).toBe(planOf(regions).fewest);
  });
});
