export type Sample = {
  readonly name: string;
  readonly ground?: string;
  readonly layer: { readonly type: string } & Record<string, unknown>;
};

const box = { anchor: 'center', width: 92, height: 54 };
const tall = { anchor: 'center', width: 36, height: 58 };
const monogram = (name: string, more: object): Sample => ({
  name: `monogram-${name}`,
  layer: {
    type: 'monogram',
    box,
    letters: 'AMS',
    font: { family: 'Playfair Display', weight: 700 },
    fill: '#22304a',
    accent: '#b5752a',
    ...more,
  },
});

export const WORDS = (
  'family love home laughter garden sunshine coffee books music travel mountains kitchen dancing puppy stories summer winter picnic ' +
  'friends forever adventure bicycle piano chess pancakes rain stars ocean island lemon bread'
).split(' ');

/** One of each kind and style on the card of 100 x 60 mm: what goldens and the pictures of the docs are made from. */
export const SAMPLES: readonly Sample[] = [
  monogram('single', { style: 'single', letters: 'R', frame: 'laurel', accent: '#3c6b43' }),
  monogram('two', { style: 'two', letters: 'AB', separator: 'heart', accent: '#c0392b' }),
  monogram('three', { style: 'three', emphasis: '#b5752a', separator: 'diamond' }),
  monogram('circle', { style: 'circle', font: { family: 'Montserrat', weight: 700 }, frame: 'round', emphasis: '#b5752a' }),
  monogram('interlocking', { style: 'interlocking', letters: 'EM', font: { family: 'EB Garamond', weight: 500 }, emphasis: '#b5752a' }),
  monogram('stacked', { style: 'stacked', emphasis: '#b5752a' }),
  monogram('square', { frame: 'square', double: true }),
  monogram('diamond', { frame: 'diamond' }),
  monogram('shield', { frame: 'shield', double: true, accent: '#7a1f2b' }),
  monogram('vines', { style: 'two', letters: 'ER', vines: true, accent: '#3c6b43' }),
  {
    name: 'name-number-radial',
    ground: '#22304a',
    layer: {
      type: 'name-number',
      box,
      name: 'OKAFOR',
      number: '10',
      font: { family: 'Graduate' },
      nameHeight: 10,
      numberHeight: 34,
      gap: 4,
      arch: { sag: 5 },
      embolden: { name: 0.2, number: 0.4 },
      fill: '#ffffff',
      outlines: [{ width: 0.8, colour: '#c79a2d' }],
    },
  },
  {
    name: 'name-number-vertical',
    ground: '#22304a',
    layer: {
      type: 'name-number',
      box,
      name: 'MÜLLER',
      number: '27',
      font: { family: 'Saira Stencil One' },
      nameHeight: 10,
      numberHeight: 31,
      gap: 3,
      arch: { kind: 'vertical', sag: 4 },
      fill: '#ffffff',
      outlines: [
        { width: 0.7, colour: '#22304a' },
        { width: 0.7, colour: '#c79a2d' },
        { width: 0.5, colour: '#7a1f2b' },
      ],
    },
  },
  {
    name: 'calendar-plain',
    layer: {
      type: 'calendar',
      box,
      year: 2026,
      month: 6,
      locale: 'en-GB',
      marks: [
        { day: 20, style: 'heart' },
        { day: 8, style: 'ring' },
        { day: 11, style: 'disc', colour: '#2f5d50' },
        { day: 25, style: 'bold' },
      ],
      accent: '#c0392b',
      weekend: '#9a9a9a',
    },
  },
  {
    name: 'calendar-boxes',
    layer: {
      type: 'calendar',
      box,
      year: 2024,
      month: 2,
      locale: 'de',
      weekNumbers: true,
      grid: 'boxes',
      marks: [{ day: 29, style: 'square' }],
      accent: '#2f5d50',
      font: { family: 'Montserrat' },
    },
  },
  {
    name: 'coordinates',
    layer: { type: 'coordinates', box, latitude: 48.8566, longitude: 2.3522, place: 'Paris', date: '14 February 2026', accent: '#b4573a' },
  },
  {
    name: 'coordinates-pin',
    layer: {
      type: 'coordinates',
      box,
      latitude: -33.8688,
      longitude: 151.2093,
      format: 'decimal',
      lines: 'one',
      place: 'Sydney',
      ornament: 'pin',
      font: { family: 'Montserrat' },
    },
  },
  {
    name: 'song-player-card',
    ground: '#e8e2d6',
    layer: {
      type: 'song-player',
      box: tall,
      title: 'Midnight Ferry',
      artist: 'The Paper Lanterns',
      theme: 'dark',
      code: 'https://example.com/s/1',
    },
  },
  {
    name: 'song-player-wide',
    ground: '#e8e2d6',
    layer: { type: 'song-player', box, layout: 'wide', title: 'Midnight Ferry', artist: 'The Paper Lanterns' },
  },
  {
    name: 'word-cloud-ellipse',
    layer: {
      type: 'word-cloud',
      box,
      words: WORDS,
      font: { family: 'Josefin Sans', weight: 700 },
      colours: ['#22304a', '#b4573a', '#2f5d50', '#c79a2d'],
    },
  },
  {
    name: 'word-cloud-heart',
    layer: {
      type: 'word-cloud',
      box: { anchor: 'center', width: 62, height: 58 },
      words: WORDS.map((text, i) => ({ text, weight: 100 / (i + 1) })),
      font: { family: 'Oswald' },
      shape: { kind: 'heart' },
      colours: ['#c0392b', '#7a1f2b', '#e07a5f'],
      fillUp: true,
      minSize: 1.4,
      gap: 0.3,
    },
  },
  {
    name: 'list',
    layer: {
      type: 'list',
      box,
      title: 'The Tour of Us',
      items: [
        { label: 'Hamburg', value: '2012' },
        { label: 'Lisbon', value: '2014' },
        { label: 'Reykjavík', value: '2017' },
        { label: 'San Cristóbal de las Casas', value: '2023' },
      ],
      accent: '#b4573a',
    },
  },
  {
    name: 'list-columns',
    layer: {
      type: 'list',
      box,
      columns: 2,
      leader: 'line',
      font: { family: 'Josefin Sans' },
      items: ['Rome', 'Oslo', 'Kyoto', 'Lima', 'Quito', 'Hanoi', 'Cork', 'Bern'].map((label, i) => ({ label, value: String(2010 + i) })),
    },
  },
  { name: 'signature', layer: { type: 'signature', box, name: 'Jay Grigsby', font: { family: 'Great Vibes' }, caption: 'Founder' } },
  {
    name: 'signature-pen',
    layer: {
      type: 'signature',
      box,
      strokes: [
        [
          [0, 50],
          [10, 0],
          [20, 50],
          [14, 30],
          [3, 32],
        ],
        [
          [30, 50],
          [34, 10],
          [40, 48],
          [50, 20],
          [58, 50],
          [70, 25],
          [80, 52],
          [95, 20],
          [110, 55],
          [150, 30],
        ],
        [[60, 5]],
      ],
      caption: 'Ana',
    },
  },
  {
    name: 'handwriting',
    layer: {
      type: 'handwriting',
      box,
      text: 'Dear Noor,\nhappy birthday! All the balloons and all the books.\nLove, Grandma',
      size: 8,
      fit: { mode: 'wrap-shrink' },
      align: 'left',
    },
  },
  {
    name: 'handwriting-wild',
    layer: {
      type: 'handwriting',
      box,
      text: 'bookkeeper, Mississippi,\nballoon, coffee',
      size: 12,
      fit: { mode: 'shrink' },
      wildness: 1,
      drift: 5,
      font: { family: 'Patrick Hand' },
    },
  },
];

/** The first sample of a kind, with other fields. */
export const sampleOf = (type: string, more: object): object => {
  const found = SAMPLES.find(({ layer }) => layer.type === type);
  if (!found) throw new Error(`no sample of ${type}`);
  return { ...found.layer, ...more };
};
