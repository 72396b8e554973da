/**
 * Scenes of paper goods for bake-flat.mjs, in millimetres, z up. A quad runs from `at` along `u` and `v`; `print(s, t)` gives the point of
 * the surface map that a share s along u and t along v shows.
 */
const turn = (degrees) => {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return ([x, y, z]) => [x * cos - y * sin, x * sin + y * cos, z];
};
const turned = (quads, degrees) => {
  const by = turn(degrees);
  return quads.map((quad) => ({ ...quad, at: by(quad.at), u: by(quad.u), v: by(quad.v) }));
};

const TABLE = { at: [-20_000, -20_000, 0], u: [40_000, 0, 0], v: [0, 40_000, 0], zone: 'background', reflects: 0.55, gloss: 0, rough: 1 };
/** A soft box above, behind and to the left. */
const LAMP = { at: [-900, 500, 900], u: [700, 0, 350], v: [0, 700, 150], power: 4.5 };
const SKY = 0.35;
const BACKGROUND = { id: 'background', label: 'Background', colour: '#ebe7e0', follows: 'scene' };
const PAPER = { gloss: 0.5, rough: 0.5, reflects: 0.8 };

const stickerSheet = () => {
  const [width, height] = [105, 148];
  const sheet = {
    at: [-width / 2, height / 2, 0.7],
    u: [width, 0, 0],
    v: [0, -height, 0],
    zone: 'sheet',
    radius: 6,
    width,
    height,
    gloss: 1,
    rough: 0.14,
    reflects: 0.8,
    print: (s, t) => [s * width, t * height],
  };
  return {
    label: 'Lying',
    camera: { from: [30, -170, 400], to: [0, 0, 0], angle: 25 },
    lamp: { ...LAMP, at: [-500, 330, 420], u: [400, 0, 100], v: [0, 300, -60] },
    sky: SKY,
    quads: [TABLE, ...turned([sheet], 11)],
    background: 'background',
    zones: [{ id: 'sheet', label: 'Sheet', colour: '#ffffff' }, BACKGROUND],
    placements: [{ placement: 'sheet', zone: 'sheet', x: 0, y: 0, width, height, bleed: 1 }],
    range: { u: { from: -10, to: width + 10 }, v: { from: -10, to: height + 10 } },
  };
};

/** The inside lies beside the outside on the surface map, this far to the right. */
const INSIDE = 400;
const cardZones = [
  { id: 'outside', label: 'Outside', colour: '#ffffff' },
  { id: 'inside', label: 'Inside', colour: '#ffffff' },
  BACKGROUND,
];
const cardPlacements = [
  { placement: 'outside', zone: 'outside', x: 0, y: 0, width: 296, height: 210, bleed: 1 },
  { placement: 'inside', zone: 'inside', x: INSIDE, y: 0, width: 296, height: 210, bleed: 1 },
];
const cardRange = { u: { from: -10, to: INSIDE + 306 }, v: { from: -10, to: 220 } };

/** Standing on its lower edge with the fold on the left: outside front towards us, the right inside page behind it. */
const standingCard = () => {
  const along = (degrees, length) => [length * Math.cos((degrees * Math.PI) / 180), length * Math.sin((degrees * Math.PI) / 180), 0];
  const [front, back] = [along(-14, 148), along(46, 148)];
  const faces = [
    { at: [-74, 0, 210], u: front, v: [0, 0, -210], zone: 'outside', ...PAPER, print: (s, t) => [148 + s * 148, t * 210] },
    { at: [-74, 0.5, 210], u: back, v: [0, 0, -210], zone: 'inside', ...PAPER },
  ];
  return {
    label: 'Standing',
    camera: { from: [170, -620, 330], to: [6, 6, 98], angle: 26.5 },
    lamp: { ...LAMP, at: [-900, -500, 800], u: [500, -400, 0], v: [200, 300, 500] },
    sky: SKY,
    quads: [TABLE, ...faces],
    background: 'background',
    // The inside is left blank: along the upper edge a pixel would need a position on both pages.
    zones: cardZones,
    placements: cardPlacements.filter(({ placement }) => placement === 'outside'),
    range: cardRange,
  };
};

/** Open on the table, both pages lifted a little. */
const openCard = () => {
  const page = (side) => {
    const lift = 16;
    return {
      at: [side === 'left' ? -146 : 0, 105, side === 'left' ? lift : 0.6],
      u: [146, 0, side === 'left' ? 0.6 - lift : lift - 0.6],
      v: [0, -210, 0],
      zone: 'inside',
      ...PAPER,
      print: (s, t) => [INSIDE + (side === 'left' ? 0 : 148) + s * 148, t * 210],
    };
  };
  return {
    label: 'Open',
    camera: { from: [60, -540, 560], to: [0, -12, 0], angle: 29.5 },
    lamp: LAMP,
    sky: SKY,
    quads: [TABLE, ...turned([page('left'), page('right')], 8)],
    background: 'background',
    zones: cardZones.filter(({ id }) => id !== 'outside'),
    placements: cardPlacements.filter(({ placement }) => placement === 'inside'),
    range: cardRange,
  };
};

/** A hardcover book on its back: boards of 2.5 mm with a hinge groove, a spine, and pages set back from the edges. */
const notebook = () => {
  const [spine, height, board, face] = [14, 216, 2.5, 151];
  const top = spine;
  const front = 143 + 8 + spine;
  const groove = [
    [0, top - 0.6],
    [2, top],
    [4.5, top - 1.3],
    [7, top - 1.3],
    [9.5, top],
    [face, top],
  ];
  const cover = { zone: 'cover', gloss: 0.8, rough: 0.35, reflects: 0.6 };
  const strips = groove.slice(1).map(([x, z], i) => {
    const [fromX, fromZ] = groove[i];
    return {
      ...cover,
      at: [fromX, height, fromZ],
      u: [x - fromX, 0, z - fromZ],
      v: [0, -height, 0],
      print: (s, t) => [front + fromX + s * (x - fromX), t * height],
    };
  });
  const edge = (z, print) => ({ ...cover, at: [0, 0, z + board], u: [face, 0, 0], v: [0, 0, -board], print });
  const quads = [
    ...strips,
    { ...cover, at: [0, height, top - 0.6], u: [0, 0, 0.6 - top], v: [0, -height, 0], print: (s, t) => [front - s * spine, t * height] },
    edge(top - board, (s, t) => [front + s * face, height + t * board]),
    edge(0, (s, t) => [front - spine - s * face, height + (1 - t) * board]),
    {
      ...cover,
      at: [0, 0, top - board],
      u: [3, 0, 0],
      v: [0, 0, 2 * board - top],
      print: (_, t) => [front - board - t * (spine - 2 * board), height + 1],
    },
    { ...cover, at: [0, 0, board], u: [face, 0, 0], v: [0, height, 0], reflects: 0.8, zone: 'pages' },
    { at: [3, 3.5, board], u: [face - 7, 0, 0], v: [0, 0, top - 2 * board], zone: 'pages', reflects: 0.8, gloss: 0, rough: 1 },
    { at: [face - 4, 3.5, board], u: [0, height - 7, 0], v: [0, 0, top - 2 * board], zone: 'pages', reflects: 0.8, gloss: 0, rough: 1 },
    { ...cover, at: [face, 0, top], u: [0, height, 0], v: [0, 0, -board], print: (s, t) => [front + face + t * board, (1 - s) * height] },
    {
      ...cover,
      at: [face, 0, board],
      u: [0, height, 0],
      v: [0, 0, -board],
      print: (s, t) => [front - spine - face - (1 - t) * board, (1 - s) * height],
    },
  ].map((quad) => ({ ...quad, at: [quad.at[0] - face / 2, quad.at[1] - height / 2, quad.at[2]] }));
  return {
    label: 'Lying',
    camera: { from: [-150, -430, 400], to: [0, -2, 6], angle: 30 },
    lamp: { ...LAMP, at: [-200, 600, 800], u: [700, 0, 0], v: [0, 500, 300] },
    sky: SKY,
    quads: [TABLE, ...turned(quads, 14)],
    background: 'background',
    zones: [{ id: 'cover', label: 'Cover', colour: '#ffffff' }, { id: 'pages', label: 'Pages', colour: '#f6f1e4' }, BACKGROUND],
    placements: [{ placement: 'cover', zone: 'cover', x: 0, y: 0, width: 316, height, bleed: 4 }],
    range: { u: { from: -20, to: 336 }, v: { from: -20, to: 236 } },
  };
};

export const SCENES = {
  'sticker-sheet/lying': stickerSheet(),
  'greeting-card/standing': standingCard(),
  'greeting-card/open': openCard(),
  'notebook-cover/lying': notebook(),
};
