import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type OpenResources, openFsResources } from '../../src/drivers/resources/fs-resources.ts';
import { parseDesignSpec } from '../../src/model/design-spec.ts';
import { sha256 } from '../../src/model/digest.ts';
import { preview } from '../../src/produce/preview.ts';
import { RenderCache } from '../../src/produce/render-cache.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const signal = new AbortController().signal;

let resources: OpenResources;
let photo: string;
beforeAll(async () => {
  resources = await openFsResources({
    templatesDir: at('templates'),
    fontsDir: at('fonts'),
    profilesDir: at('profiles'),
    baseDir: at('tests'),
  });
  const rgba = Uint8Array.from({ length: 90 * 70 * 4 }, (_, i) => (i % 4 === 3 ? (i > 9000 ? 255 : 128) : (i * 37) % 251));
  const png = await sharp(rgba, { raw: { width: 90, height: 70, channels: 4 } })
    .png()
    .toBuffer();
  photo = `data:image/png;base64,${png.toString('base64')}`;
});
afterAll(() => resources.close());

/** Everything about an order that a customer may change between two looks at it. */
type State = {
  readonly text: string;
  readonly size: number;
  readonly y: number;
  readonly turned: number;
  readonly photoY: number;
  readonly grey: boolean;
  readonly framed: boolean;
  readonly blend: 'normal' | 'multiply';
  readonly colour: string;
  readonly background: unknown;
};

const START: State = {
  text: 'Ada',
  size: 40,
  y: 20,
  turned: 0,
  photoY: 10,
  grey: false,
  framed: false,
  blend: 'normal',
  colour: 'white',
  background: undefined,
};

const edit: fc.Arbitrary<Partial<State>> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ text: fc.constantFrom('Ada', 'Ado', 'Grace Hopper', 'Ä', '.') }) },
  { weight: 2, arbitrary: fc.record({ y: fc.integer({ min: -5, max: 60 }), size: fc.integer({ min: 8, max: 60 }) }) },
  fc.record({ turned: fc.integer({ min: -40, max: 40 }) }),
  fc.record({ photoY: fc.integer({ min: -30, max: 50 }), grey: fc.boolean() }),
  fc.record({ framed: fc.boolean() }),
  fc.record({ blend: fc.constantFrom('normal' as const, 'multiply' as const) }),
  fc.record({ colour: fc.constantFrom('white', 'black') }),
  fc.record({ background: fc.constantFrom<unknown>(undefined, '#ffeedd', { backdrop: 'dusk' }) }),
  fc.constant({}),
);

const shirt = (state: State) =>
  parseDesignSpec({
    product: 'crew-tee',
    variant: { colour: state.colour, size: 'm' },
    mockups: { ...(state.background === undefined ? {} : { background: state.background }) },
    placements: [
      {
        placement: 'front',
        method: 'dtg',
        layers: [
          { type: 'shape', shape: { kind: 'rect' }, fill: '#e8f0ff', box: { x: 20, y: 40, width: 260, height: 300 } },
          {
            type: 'image',
            source: photo,
            box: { x: 60, y: 60 + 3 * state.photoY, width: 180, height: 120 },
            ...(state.grey ? { adjust: [{ kind: 'grey' }] } : {}),
          },
          ...(state.framed
            ? [
                {
                  type: 'shape',
                  shape: { kind: 'ellipse' },
                  stroke: { paint: '#0a7', width: 4 },
                  box: { x: 60, y: 90, width: 160, height: 120 },
                },
              ]
            : []),
          {
            type: 'text',
            text: state.text,
            font: { family: 'Pacifico' },
            size: 2 * state.size,
            fill: '#123456',
            rotation: state.turned,
            blend: state.blend,
            box: { x: 20, y: 120 + 3 * state.y, width: 260, height: 100 },
          },
        ],
      },
    ],
  });

describe('a preview from a cache that has seen other versions of the order', () => {
  test('has the bytes of one made afresh, whatever was edited before', async () => {
    const options = { view: 'front', widthPx: 200, format: 'png' as const, signal };
    const run = fc.asyncProperty(fc.array(edit, { minLength: 5, maxLength: 5 }), async (edits) => {
      const cache = new RenderCache();
      try {
        let state = START;
        await preview(shirt(state), resources, { ...options, cache });
        for (const change of edits) {
          state = { ...state, ...change };
          const warm = await preview(shirt(state), resources, { ...options, cache });
          const cold = await preview(shirt(state), resources, options);
          expect(sha256(warm.file.data)).toBe(sha256(cold.file.data));
        }
      } finally {
        cache.dispose();
      }
    });
    await fc.assert(run, { numRuns: 7 });
  });

  test('has those bytes when several are made at a time, and after one was broken off', async () => {
    const options = { view: 'front', widthPx: 160, format: 'jpeg' as const, signal };
    const cache = new RenderCache();
    try {
      const states = ['Ada', 'Grace', 'Ä', 'Mary', 'Ada'].map((text) => ({ ...START, text }));
      await preview(shirt(START), resources, { ...options, cache });
      const stop = new AbortController();
      const broken = preview(shirt({ ...START, text: 'gone', y: 0 }), resources, { ...options, signal: stop.signal, cache });
      setImmediate(() => stop.abort(new Error('enough')));
      const [, ...warm] = await Promise.allSettled([
        broken,
        ...states.map((state) => preview(shirt(state), resources, { ...options, cache })),
      ]);
      for (const [i, state] of states.entries()) {
        const made = warm[i];
        const cold = await preview(shirt(state), resources, options);
        expect(made?.status === 'fulfilled' && sha256(made.value.file.data)).toBe(sha256(cold.file.data));
      }
    } finally {
      cache.dispose();
    }
  });
});
