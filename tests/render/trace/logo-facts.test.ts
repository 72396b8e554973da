import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { logoFacts } from '../../../src/render/trace/logo-facts.ts';
import { drawn, photo, pixelsOf, svgPixels } from './pictures.ts';

const LOGOS = ['rocket', 'crown', 'cat', 'anchor', 'sneaker'];
const PHOTOS = [
  '02-pet-tee/photos/dog.jpg',
  '06-birthday-card/photos/blossoms.jpg',
  '06-birthday-card/photos/mountain-lake.jpg',
  '04-song-mug/photos/night-city.jpg',
  '04-song-mug/photos/paint.jpg',
  '08-sticker-sheet/photos/balloons.jpg',
];

describe('logoFacts', () => {
  for (const name of LOGOS) {
    it(`takes the ${name} for flat: clear, on white, as JPEG, in few colours, small and enlarged`, async () => {
      const clear = await drawn(name, 400).png().toBuffer();
      const white = await sharp(clear).flatten({ background: '#ffffff' }).png().toBuffer();
      const small = await drawn(name, 100).flatten({ background: '#ffffff' }).png().toBuffer();
      const pictures = [
        sharp(clear),
        sharp(white),
        sharp(await sharp(white).jpeg({ quality: 90 }).toBuffer()),
        sharp(await sharp(white).jpeg({ quality: 60 }).toBuffer()),
        sharp(await sharp(white).jpeg({ quality: 25 }).toBuffer()),
        sharp(await sharp(white).png({ palette: true, colours: 16 }).toBuffer()),
        sharp(small),
        sharp(await sharp(small).resize({ width: 300, kernel: 'cubic' }).png().toBuffer()),
      ];
      for (const picture of pictures) {
        const facts = logoFacts(await pixelsOf(picture), 24);
        expect(facts, JSON.stringify(facts)).toMatchObject({ verdict: 'flat' });
        expect(facts.colours.length).toBeLessThanOrEqual(9);
      }
    });
  }

  for (const path of PHOTOS) {
    it(`takes ${path} for a photo at every size`, async () => {
      for (const widthPx of [200, 600, 1200]) {
        const facts = logoFacts(await photo(path, widthPx), 24);
        expect(facts, `${widthPx} px ${JSON.stringify(facts)}`).toMatchObject({ verdict: 'photo' });
      }
    });
  }

  it('takes fades of colour for no flat picture, and soft shadows for fades', async () => {
    const fade =
      '<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f"/></linearGradient></defs>';
    expect(logoFacts(await svgPixels(`${fade}<rect width="100" height="60" fill="url(#g)"/>`, 400), 24).verdict).toBe('photo');
    const soft = '<defs><filter id="b"><feGaussianBlur stdDeviation="4"/></filter></defs>';
    const shadow = `${soft}<circle cx="54" cy="54" r="30" filter="url(#b)"/><circle cx="50" cy="50" r="30" fill="#0a0"/>`;
    expect(logoFacts(await svgPixels(shadow, 400), 24).verdict).toBe('fade');
  });

  it('finds the colours, the most used first, and nothing in a clear picture', async () => {
    const art =
      '<rect width="100" height="100" fill="#14386e"/><circle cx="50" cy="50" r="30" fill="#f4c542"/><circle cx="50" cy="50" r="8" fill="#c8102e"/>';
    const { colours } = logoFacts(await svgPixels(art, 300), 24);
    expect(colours.map(({ r, g, b }) => [r, g, b].map((v) => Math.round(255 * v)))).toEqual([
      [0x14, 0x38, 0x6e],
      [0xf4, 0xc5, 0x42],
      [0xc8, 0x10, 0x2e],
    ]);
    expect(logoFacts(await svgPixels('', 50), 24).verdict).toBe('empty');
  });
});
