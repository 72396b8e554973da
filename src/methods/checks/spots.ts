import type { SpotColour } from '../../colour/colour.ts';
import type { Finding } from '../../model/finding.ts';
import { didYouMean } from '../../model/parse.ts';
import type { Paint, SceneNode } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';

/** One spot colour as a layer names it. */
export type SpotUse = { readonly spot: SpotColour; readonly pointer: string };

/** The fill and stroke of a node, those it has. */
export const paintsOf = (node: SceneNode): readonly Paint[] => {
  if (node.kind === 'group' || node.kind === 'raster') return [];
  const paints: readonly (Paint | null)[] = node.kind === 'glyphs' ? [node.fill] : [node.fill, node.stroke?.paint ?? null];
  return paints.filter((paint) => paint !== null);
};

const coloursOf = (paint: Paint) => (paint.kind === 'solid' ? [paint.colour] : paint.stops.map(({ colour }) => colour));

/** Every use of a spot colour, in paint order. */
export const spotUses = (nodes: readonly SceneNode[]): readonly SpotUse[] =>
  nodesOf(nodes).flatMap((node) =>
    paintsOf(node)
      .flatMap(coloursOf)
      .flatMap((colour): readonly SpotUse[] => (colour.space === 'spot' ? [{ spot: colour, pointer: node.pointer }] : [])),
  );

/** Names of the plates that the art asks for, sorted. */
export const spotNames = (nodes: readonly SceneNode[]): readonly string[] =>
  [...new Set(spotUses(nodes).map(({ spot }) => spot.name))].sort();

/**
 * The plates that a file would get, against what a floor can run: names the floor does not know, names that differ only in
 * spelling, one name with two looks, and fades that would leave their plate.
 * @param known - names the floor's machine acts on, exactly as it spells them; empty when it takes any
 * @param apart - names that surely are inks or tools of their own, whatever they look like
 */
export const checkSpots = (nodes: readonly SceneNode[], known: readonly string[], apart = known): readonly Finding[] => {
  const uses = firstUses(spotUses(nodes));
  return [
    ...uses.flatMap((use) => unknownFinding(use, known)),
    ...twinFindings(uses),
    ...sameLookFindings(uses.filter(({ spot }) => !apart.includes(spot.name))),
    ...lookFindings(spotUses(nodes)),
    ...gradientFindings(nodes),
  ];
};

const firstUses = (uses: readonly SpotUse[]): readonly SpotUse[] => {
  const first = new Map<string, SpotUse>();
  for (const use of uses) if (!first.has(use.spot.name)) first.set(use.spot.name, use);
  return [...first.values()];
};

const unknownFinding = ({ spot: { name }, pointer }: SpotUse, known: readonly string[]): readonly Finding[] => {
  if (known.length === 0 || known.includes(name)) return [];
  return [
    {
      severity: 'warning',
      code: 'spot.unknown',
      pointer,
      message: `The floor knows no spot colour "${name}"; it would be printed as a mixture of the process inks or not at all.`,
      hint: didYouMean(name, known) ?? `It knows ${known.join(', ')}.`,
      measured: name,
      required: known.join(', '),
    },
  ];
};

/** What stays of an ink name without case, blanks, punctuation and the suffix that only tells the paper of the swatch book. */
const bareName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_-]+(?:c|u|m|cv|cvc|cvu|cvp|ec|uc|up|cp|pc)$/, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

const twinFindings = (uses: readonly SpotUse[]): readonly Finding[] =>
  uses.flatMap(({ spot: { name }, pointer }, i): readonly Finding[] => {
    const twin = uses.slice(0, i).find((other) => bareName(other.spot.name) === bareName(name));
    if (!twin) return [];
    return [
      {
        severity: 'warning',
        code: 'spot.twins',
        pointer,
        message: `"${name}" and "${twin.spot.name}" look like one ink spelled in two ways; they become two plates.`,
        hint: `Call both "${twin.spot.name}".`,
        measured: name,
        required: twin.spot.name,
      },
    ];
  });

/** Two names with one look may be one ink named twice: two plates, and twice its price. */
const sameLookFindings = (uses: readonly SpotUse[]): readonly Finding[] =>
  uses.flatMap(({ spot, pointer }, i): readonly Finding[] => {
    const twin = uses.slice(0, i).find((other) => lookOf(other.spot) === lookOf(spot) && bareName(other.spot.name) !== bareName(spot.name));
    if (!twin) return [];
    return [
      {
        severity: 'warning',
        code: 'spot.same-look',
        pointer,
        message: `"${spot.name}" and "${twin.spot.name}" look the same on screen and become two plates.`,
        hint: `If one ink is meant, call both "${twin.spot.name}"; if not, give them different alternates, so that proofs tell them apart.`,
        measured: spot.name,
        required: twin.spot.name,
      },
    ];
  });

const lookOf = ({ alternate }: SpotColour): string => JSON.stringify(Object.entries(alternate).sort());

/** One name, two looks: the first holds for the whole file. */
const lookFindings = (uses: readonly SpotUse[]): readonly Finding[] => {
  const looks = new Map<string, string>();
  const told = new Set<string>();
  return uses.flatMap(({ spot, pointer }): readonly Finding[] => {
    const look = lookOf(spot);
    const first = looks.get(spot.name);
    if (first === undefined) looks.set(spot.name, look);
    if (first === undefined || first === look || told.has(`${spot.name} ${pointer}`)) return [];
    told.add(`${spot.name} ${pointer}`);
    return [
      {
        severity: 'warning',
        code: 'spot.alternates-differ',
        pointer,
        message: `The spot colour "${spot.name}" stands here with another screen colour than before. A file has one for each name: the first holds.`,
        hint: 'Use the same alternate everywhere, or another name if another ink is meant.',
        measured: spot.name,
      },
    ];
  });
};

/** A fade that is not tints of one plate is printed in process inks: the spot plates would not have it. */
const gradientFindings = (nodes: readonly SceneNode[]): readonly Finding[] => {
  const told = new Set<string>();
  return nodesOf(nodes).flatMap((node) =>
    paintsOf(node).flatMap((paint): readonly Finding[] => {
      if (paint.kind === 'solid' || told.has(node.pointer)) return [];
      const names = [...new Set(coloursOf(paint).map((colour) => (colour.space === 'spot' ? colour.name : '')))];
      const spots = names.filter((name) => name !== '');
      if (spots.length === 0 || names.length === 1) return [];
      told.add(node.pointer);
      return [
        {
          severity: 'error',
          code: 'spot.gradient',
          pointer: node.pointer,
          message: `The gradient mixes ${spots.map((name) => `"${name}"`).join(' and ')}${names.includes('') ? ' with process colours' : ''}: it would be printed in process inks and be missing on the plate.`,
          hint: 'Fade between tints of one spot colour, or lay one spot over the other.',
          measured: names.length,
          required: 1,
        },
      ];
    }),
  );
};
