import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { type AnyMethod, METHODS } from '../../src/methods/index.ts';
import type { MadeFile, MakeContext, Work } from '../../src/methods/method.ts';
import { sha256 } from '../../src/model/digest.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Scene } from '../../src/scene/scene.ts';
import { bundledPalette } from '../support/bundled-palette.ts';
import { composeLayers, testPicture } from '../support/compose-spec.ts';

const PICTURE = testPicture(700, 420);

const contextWith = async (signal = new AbortController().signal): Promise<MakeContext> => {
  const bytes = new Uint8Array(await readFile(new URL('../../profiles/FOGRA39L_coated.icc', import.meta.url)));
  return {
    articleColour: '#123456',
    picture: () => PICTURE,
    profile: (name) => ({ name, digest: sha256(bytes), bytes, conditionId: 'FOGRA39', description: 'Coated paper' }),
    palette: bundledPalette,
    lettering: () => [],
    signal,
  };
};

const LAYERS = [
  { type: 'image', source: 'p', fit: 'stretch', box: { within: 'bleed' } },
  { type: 'text', text: 'Mira', font: { family: 'Pacifico' }, size: 20, box: { within: 'safe' }, fill: '#ffffff' },
];

/** Art without pictures and fades, bold enough for any machine. */
const SOLID = [
  { type: 'shape', shape: { kind: 'rect' }, fill: '#000000', box: { x: 4, y: 4, width: 16, height: 16 } },
  { type: 'text', text: 'MIRA', font: { family: 'Lora', weight: 700 }, size: 40, box: { within: 'safe' }, fill: '#000000' },
];

const goodArt = ({ takes }: Pick<AnyMethod, 'takes'>): readonly unknown[] => (takes === 'solid' ? SOLID : LAYERS);

const sceneOf = async (layers: readonly unknown[]): Promise<Scene> => (await composeLayers({ layers, images: { p: PICTURE } })).scene;

const work = (method: AnyMethod, pages: readonly Scene[], settings: object = {}): Work<unknown> => ({
  name: 'front',
  pages,
  settings: method.settings.parse(settings),
  title: 'Card',
  date: '2026-03-01T00:00:00Z',
  label: 'A-1',
});

const facts = { articleColour: '#123456', pointer: '/placements/0', picture: () => PICTURE, palette: bundledPalette };

describe.each(METHODS.map((method) => [method.id, method] as const))('%s', (id, method) => {
  test('makes the same bytes twice', async () => {
    const scene = await sceneOf(goodArt(method));
    const once = await method.make(work(method, [scene]), await contextWith());
    const twice = await method.make(work(method, [scene]), await contextWith());
    expect(once.files.length).toBeGreaterThan(0);
    expect(twice.files.map(({ name, data }) => [name, sha256(data)])).toEqual(once.files.map(({ name, data }) => [name, sha256(data)]));
  });

  test('says the truth about every file it makes', async () => {
    const made = await method.make(work(method, [await sceneOf(goodArt(method))]), await contextWith());
    for (const file of made.files) await expectTrueFacts(file);
  });

  test('paints the same whatever lies outside the bleed', async () => {
    const plain = await sceneOf(goodArt(method));
    const stray = { type: 'shape', shape: { kind: 'rect' }, fill: '#ff0000', box: { x: 110, y: 70, width: 500, height: 500 } };
    const littered = await sceneOf([...goodArt(method), stray]);
    const [clean, dirty] = await Promise.all(
      [plain, littered].map(async (scene) => method.appearance(scene, method.settings.parse({}), window(scene), await contextWith())),
    );
    expect(clean).toHaveLength(dirty?.length ?? 0);
    expect(dirty).toEqual(clean);
  });

  test('calls an empty scene blank, and still makes a valid file when it is forced', async () => {
    const empty = await sceneOf([]);
    const findings = method.check(empty, method.settings.parse({}), facts);
    expect(findings).toMatchObject([{ severity: 'error', code: 'art.blank', pointer: '/placements/0' }]);
    const made = await method.make(work(method, [empty]), await contextWith());
    for (const file of made.files) await expectTrueFacts(file);
  });

  test('has no findings of severity error for good art', async () => {
    const findings = method.check(await sceneOf(goodArt(method)), method.settings.parse({}), facts);
    expect(findings.filter((one) => one.severity === 'error' && one.code !== 'image.low-resolution')).toEqual([]);
  });

  test.runIf(method.takes !== 'solid')('finds a picture that is too coarse, with both figures', async () => {
    const coarse = { ...PICTURE, widthPx: 70, heightPx: 42 };
    const { scene } = await composeLayers({ layers: [LAYERS[0]], images: { p: coarse } });
    const finding = method.check(scene, method.settings.parse({}), facts).find((one) => one.code === 'image.low-resolution');
    expect(finding).toMatchObject({ severity: 'error', unit: 'dpi', pointer: '/placements/0/layers/0' });
    expect(Number(finding?.measured)).toBeLessThan(Number(finding?.required));
  });

  test.runIf(method.takes === 'solid')('refuses pictures and fades', async () => {
    const scene = await sceneOf(LAYERS);
    const errors = method.check(scene, method.settings.parse({}), facts).filter(({ severity }) => severity === 'error');
    expect(errors).toContainEqual(expect.objectContaining({ code: 'art.not-solid', pointer: '/placements/0/layers/0' }));
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const making = method.make(work(method, [await sceneOf(goodArt(method))]), await contextWith(stop.signal));
    stop.abort();
    await expect(making).rejects.toThrow();
  });

  test('refuses settings it does not know', () => {
    expect(method.settings.safeParse({ sparkle: true }).success).toBe(false);
  });

  test('documents every setting and every finding code', async () => {
    const page = await readFile(new URL(`../../docs/methods/${id}.md`, import.meta.url), 'utf8');
    const defaults: unknown = method.settings.parse({});
    for (const name of Object.keys(Object(defaults))) expect(page, `${name} in docs/methods/${id}.md`).toContain(`\`${name}\``);
    const shared = await readFile(new URL('../../docs/findings.md', import.meta.url), 'utf8');
    for (const { code } of await everyFinding(method)) expect(page + shared, `${code} in docs/methods`).toContain(`\`${code}\``);
  });

  test('shows a picture of the size and window that was asked for', async () => {
    const scene = await sceneOf(goodArt(method));
    const appearances = await method.appearance(scene, method.settings.parse({}), window(scene), await contextWith());
    const appearance = appearances.at(-1);
    expect(appearance).toMatchObject({ widthPx: 212, heightPx: 132 });
    expect(appearance?.rgba).toHaveLength(212 * 132 * 4);
    if (method.takes !== 'anything') return;
    const middle = appearance?.rgba.subarray((66 * 212 + 20) * 4, (66 * 212 + 20) * 4 + 4);
    expect(middle?.[3]).toBe(255);
    expect(Math.abs((middle?.[0] ?? 0) - (255 * 20) / 212)).toBeLessThan(3);
  });
});

const window = ({ area }: Scene) => ({
  region: { x: -area.bleedMm, y: -area.bleedMm, width: area.widthMm + 2 * area.bleedMm, height: area.heightMm + 2 * area.bleedMm },
  widthPx: 212,
  heightPx: 132,
});

/** Bad scenes that between them raise what the checks can raise. */
const everyFinding = async (method: AnyMethod): Promise<readonly Finding[]> => {
  const bad = [
    [],
    [{ type: 'shape', shape: { kind: 'rect' }, fill: '#123456', box: { x: 10, y: 10, width: 20, height: 20 } }],
    [{ type: 'shape', shape: { kind: 'rect' }, fill: '#ffffff', box: { x: 10, y: 10, width: 20, height: 20 } }],
    [{ type: 'shape', shape: { kind: 'rect' }, fill: '#ff0000', box: { x: -50, y: 0, width: 100, height: 20 } }],
    [{ type: 'text', text: 'Edge', font: { family: 'Lora' }, size: 12, box: { x: 1, y: 1, width: 60, height: 12 } }],
    [{ type: 'image', source: 'p', box: { within: 'bleed' } }],
  ];
  const scenes = await Promise.all(
    bad.map((layers) => composeLayers({ layers, images: { p: { ...PICTURE, widthPx: 70, heightPx: 42 } } })),
  );
  return scenes.flatMap(({ scene, findings }) => [...findings, ...method.check(scene, method.settings.parse({}), facts)]);
};

/** How files without pixels begin; the tests of their methods read them to the end. */
const OPENINGS: Readonly<Record<string, RegExp>> = {
  'application/pdf': /^%PDF-/,
  'image/svg+xml': /^<svg [^>]*width="[0-9.]+mm"/,
  'image/vnd.dxf': /^ *(?:999\r?\n.*\r?\n *)?0\r?\nSECTION/,
  'application/vnd.hp-hpgl': /^IN;/,
  'application/json': /^\{/,
  // Machine files of embroidery.
  'application/octet-stream': /^(?:LA:|#PES0)/,
};

const expectTrueFacts = async (file: MadeFile): Promise<void> => {
  expect(file.data.length).toBeGreaterThan(100);
  const opening = OPENINGS[file.mediaType];
  if (opening) {
    expect(new TextDecoder('latin1').decode(file.data.subarray(0, 200))).toMatch(opening);
    return;
  }
  const { width, height, density, format } = await sharp(file.data).metadata();
  expect({ width, height, type: `image/${format}` }).toEqual({ width: file.widthPx, height: file.heightPx, type: file.mediaType });
  expect(density).toBe(Math.round(file.dpi ?? 0));
  const mmAcross = ((file.widthPx ?? 0) / (file.dpi ?? 1)) * 25.4;
  expect(Math.abs(mmAcross - ((file.widthMm ?? 0) + 2 * (file.bleedMm ?? 0)))).toBeLessThan(0.1);
};
