import { type Colour, hexOf, WHITE } from '../colour/colour.ts';
import { multiply, scaling, translation } from '../geometry/affine.ts';
import { centreOf } from '../geometry/point.ts';
import { checkLetteringSize } from '../methods/checks/lettering-size.ts';
import { embroiderySettings } from '../methods/embroidery/settings.ts';
import { letteringLimits, threadLimits } from '../methods/embroidery/thread-limits.ts';
import { parseDesignSpec } from '../model/design-spec.ts';
import { type Finding, hasErrors, sortFindings } from '../model/finding.ts';
import type { Palette } from '../model/palette.ts';
import { Problem } from '../model/problem.ts';
import { parseProduct } from '../model/product.ts';
import type { Resources } from '../model/resources.ts';
import { STANDARD_SHOP } from '../model/shop.ts';
import { screenColour } from '../render/raster/screen-colour.ts';
import type { Flattened, NotSolid } from '../render/solid/solid-art.ts';
import { type ThreadMatch, threadFinder } from '../render/stitches/find-threads.ts';
import { stitchRegions } from '../render/stitches/stitch-regions.ts';
import type { TraceOptions } from '../render/trace/trace-logo.ts';
import { type TracedPicture, traceScene } from '../render/trace/trace-scene.ts';
import { givingWay } from '../render/white/steps.ts';
import { boundsOfNodes } from '../scene/bounds.ts';
import { compose } from '../scene/compose.ts';
import { picturesOf, resolve } from '../scene/resolve.ts';
import type { Scene } from '../scene/scene.ts';
import { FontSet } from '../scene/text/font-set.ts';
import { transformNode } from '../scene/transform.ts';
import { defaultOptions, digitizeSteps } from '../stitch/digitize.ts';
import type { Fabric } from '../stitch/fabric.ts';
import type { StitchPlan, Thread } from '../stitch/plan.ts';
import type { StitchRegion, StitchRemark } from '../stitch/region.ts';

/** One layer of a design spec to be sewn by itself, as large as fits a box. */
export type ArtRequest = {
  /** As a design spec writes it; its box is the whole area. */
  readonly layer: Readonly<Record<string, unknown>>;
  /** What is sewn touches two opposite sides of this box. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Null: a thread for every colour of the art. */
  readonly palette: Palette | null;
  readonly weight: Thread['weight'];
  readonly fabric: Fabric;
  /** Most threads: rarer colours become the nearest of the others. */
  readonly maxThreads?: number;
  readonly stitch?: StitchRegion['stitch'];
  readonly angleDeg?: number;
  readonly background?: TraceOptions['background'];
  /** Colour of the cloth, for what is see-through; left out: white. */
  readonly cloth?: Colour;
};

export type DigitizedArt = {
  readonly plan: StitchPlan;
  readonly regions: readonly StitchRegion[];
  readonly remarks: readonly StitchRemark[];
  /** Of the layer as it was composed, and colours that no thread comes near; none of severity error. */
  readonly findings: readonly Finding[];
  readonly pictures: readonly TracedPicture[];
  /** What else of the art is no even area and was left out. */
  readonly refused: readonly NotSolid[];
};

/**
 * Digitises one drawing, picture or text by the way every order goes: resolved, composed, taken apart into areas of thread, sewn. Flat pictures are
 * traced. @throws Problem `digitize.findings`, `digitize.photo`, `digitize.empty`, `digitize.nothing-sewn`; Unresolved; what the signal gives
 */
export const digitizeArt = async (request: ArtRequest, resources: Resources, signal: AbortSignal): Promise<DigitizedArt> => {
  const { palette, weight, fabric, stitch, angleDeg, maxThreads, background, cloth = WHITE } = request;
  const { scene, findings, pictures } = await sceneOf(request, resources, signal, background);
  const small = smallLetters(scene, weight);
  const find = threadFinder(palette, weight);
  const far = new Map<string, Finding>();
  const { regions, refused, flattened } = stitchRegions(scene, {
    ground: cloth,
    threadOf: (colour) => {
      const match = find(colour);
      if (match.distance > FAR_DE) far.set(hexOf(screenColour(colour)), farColour(colour, match));
      return match.thread;
    },
    ...(stitch ? { stitch } : {}),
    ...(angleDeg === undefined ? {} : { angleDeg }),
    ...(maxThreads === undefined ? {} : { maxThreads }),
  });
  if (regions.length === 0) throw nothingLeft(refused);
  const { plan, remarks } = await givingWay(digitizeSteps(regions, defaultOptions(fabric)), signal);
  if (plan.blocks.every(({ runs }) => runs.length === 0)) {
    throw new Problem('digitize.nothing-sewn', 'expected art with parts large enough for a needle, got none of 0.4 mm or more', {
      hint: 'Make it larger, or use bolder art.',
    });
  }
  const plain = plainFindings(flattened, cloth);
  return { plan, regions, remarks, findings: [...findings, ...small, ...plain, ...far.values()], pictures, refused };
};

const plainFindings = (flattened: readonly Flattened[], cloth: Colour): readonly Finding[] => {
  const has = (reason: Flattened['reason']): boolean => flattened.some((one) => one.reason === reason);
  return [...(has('opacity') ? [seeThrough(cloth)] : []), ...(has('gradient') ? [FADES] : [])];
};

const FADES: Finding = {
  severity: 'warning',
  code: 'digitize.flattened',
  pointer: '',
  message: 'each fade of colours is sewn in one plain colour, the mean of those it runs through',
  hint: 'Give the art plain colours: several bands of them for a fade.',
};

const seeThrough = (cloth: Colour): Finding => ({
  severity: 'warning',
  code: 'digitize.flattened',
  pointer: '',
  message: `what is see-through is sewn in the plain colours it shows on ${hexOf(screenColour(cloth))}`,
  hint: 'Name the colour of the cloth with --cloth, or give the art plain colours.',
});

/** CIEDE2000: beyond it most people see another colour. */
const FAR_DE = 6;

const farColour = (colour: Colour, { thread, distance }: ThreadMatch): Finding => ({
  severity: 'warning',
  code: 'colour.far',
  pointer: '',
  message: `no thread comes near ${hexOf(screenColour(colour))}: it is sewn in ${thread.name} (${thread.colour})`,
  hint: 'Name another palette with --threads, or give the art the colour of a thread.',
  measured: Math.round(distance * 10) / 10,
  required: FAR_DE,
  unit: 'dE00',
});

/** Letters too small for the thread: told, for whoever sews them may know better. */
const smallLetters = (scene: Scene, weight: Thread['weight']): readonly Finding[] => {
  const limits = letteringLimits(threadLimits(embroiderySettings.parse({ weight: String(weight) })));
  return checkLetteringSize(scene, limits).map((finding) => ({ ...finding, severity: 'warning' }));
};

/** What is no even area, in words. */
export const NOT_SEWN: Readonly<Record<NotSolid['reason'], string>> = {
  picture: 'a picture',
  gradient: 'a fade of colours',
  tint: 'a tint',
  opacity: 'something see-through',
  blend: 'a blend of colours',
  mask: 'a mask',
};

const nothingLeft = (refused: readonly NotSolid[]): Problem => {
  const [first] = refused;
  if (!first) {
    return new Problem('digitize.empty', 'expected art that shows something, got nothing to see', {
      hint: 'Check that its shapes have a fill or a stroke, and that a picture is not all background.',
    });
  }
  return new Problem('digitize.not-solid', `expected even areas of colour to sew, got ${NOT_SEWN[first.reason]}`, {
    hint: 'A needle sews plain colours: use fills and strokes without fades, blends and transparency.',
  });
};

type ArtScene = { readonly scene: Scene; readonly findings: readonly Finding[]; readonly pictures: readonly TracedPicture[] };

const PLACE = 'art';

const sceneOf = async (
  { layer, widthMm, heightMm }: ArtRequest,
  resources: Resources,
  signal: AbortSignal,
  background: TraceOptions['background'],
): Promise<ArtScene> => {
  const placement = { placement: PLACE, method: 'embroidery', layers: [layer] };
  const spec = parseDesignSpec({ product: PLACE, placements: [placement] });
  const resolved = await resolve(spec, ownProduct(resources, widthMm, heightMm), signal);
  const [place] = resolved.spec.placements;
  const [area] = resolved.areas;
  if (!place || !area) throw new Problem('digitize.empty', 'expected art for a placement, got none');
  const missing = (source: string): never => {
    throw new Problem('resource.missing', `expected a loaded resource for "${source}", got none`);
  };
  const fonts = await FontSet.open(resolved.fonts);
  try {
    const { scene, findings } = compose(
      place,
      area,
      {
        fonts,
        image: (source) => resolved.images.get(source) ?? missing(source),
        drawing: (source) => resolved.drawings.get(source) ?? missing(source),
      },
      area.pointer,
    );
    refuse([...resolved.findings, ...findings]);
    const known = picturesOf(resolved);
    const options = background === undefined ? {} : { background };
    const traced = traceScene(scene, (digest) => known.get(digest) ?? missing(digest), options, signal);
    refusePhotos(traced.pictures);

    return {
      scene: fitted(traced.scene, widthMm, heightMm),
      findings: sortFindings([...resolved.findings, ...findings]),
      pictures: traced.pictures,
    };
  } finally {
    fonts.dispose();
  }
};

/** The resources given, with a product that is nothing but a print area of the size wanted. */
const ownProduct = (resources: Resources, widthMm: number, heightMm: number): Resources => {
  const product = parseProduct({
    id: PLACE,
    name: PLACE,
    placements: [{ id: PLACE, label: PLACE, width: widthMm, height: heightMm, methods: { embroidery: {} } }],
  });
  const own: Partial<Resources> = { product: async () => product, shop: async () => STANDARD_SHOP };
  return new Proxy(resources, {
    get: (target, key) => {
      const value: unknown = Reflect.get(own, key) ?? Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
};

const refuse = (findings: readonly Finding[]): void => {
  if (!hasErrors(findings)) return;
  const [first] = sortFindings(findings);
  throw new Problem(first?.code ?? 'digitize.findings', first?.message ?? 'expected art without errors', { hint: first?.hint });
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const refusePhotos = (pictures: readonly TracedPicture[]): void => {
  for (const { trace } of pictures) {
    if (trace.kind === 'flat') continue;
    const { facts, reason } = trace;
    if (reason === 'empty') throw new Problem('digitize.empty', 'expected a picture that shows something, got one that is all clear');
    if (facts.explained * facts.even === 0 && facts.gradient === 0) {
      throw new Problem('digitize.empty', 'expected a picture with even areas of several pixels, got one without any', {
        hint: 'Use a larger picture: logos want 100 pixels a side and more, or a drawing (SVG).',
      });
    }
    const got =
      reason === 'fade'
        ? `soft shadows or glows over ${percent(facts.fading)} of it`
        : `one that is ${percent(facts.explained * facts.even)} plain colours and ${percent(facts.gradient)} fades`;
    throw new Problem(
      'digitize.photo',
      `expected a flat logo or drawing of up to 24 plain colours to sew, got a photograph or fades: ${got}`,
      {
        hint: 'Use a drawing (SVG) or a logo in plain colours without shadows; photographs can be printed (DTG, DTF) instead.',
      },
    );
  }
};

/** The art moved and scaled evenly so that what it shows fills the area as far as its proportions let it. */
const fitted = (scene: Scene, widthMm: number, heightMm: number): Scene => {
  const box = boundsOfNodes(scene.nodes);
  if (!box || box.width + box.height === 0) return scene;
  const scale = Math.min(widthMm / box.width, heightMm / box.height);
  const middle = centreOf(box);
  const map = multiply(translation(widthMm / 2, heightMm / 2), scaling(scale), translation(-middle.x, -middle.y));
  return { ...scene, nodes: scene.nodes.map((node) => transformNode(node, map)) };
};
