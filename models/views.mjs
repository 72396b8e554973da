/**
 * Which baked folder becomes which view, and where the print areas of its product lie on the surface (mm of the position map). A trim
 * larger than what the map covers is clipped, and says so here.
 */
const shirt = { body: 'article', sleeves: 'article', collar: 'article' };

export const VIEWS = [
  {
    from: 'shirt--front',
    product: 'crew-tee',
    id: 'front',
    label: 'Front, laid flat',
    follows: shirt,
    // The map puts 0 at the top of a 300 mm wide area; the 12 in placement of size L shares its middle and its top edge.
    placements: [
      { placement: 'front', zone: 'body', x: -2.4, y: 0, width: 304.8, height: 406.4 },
      { placement: 'left-chest', zone: 'body', x: 184.2, y: 8, width: 101.6, height: 101.6 },
    ],
  },
  {
    from: 'tee--back',
    product: 'crew-tee',
    id: 'back',
    label: 'Back, laid flat',
    follows: shirt,
    placements: [{ placement: 'back', zone: 'body', x: 7.6, y: 0, width: 304.8, height: 406.4 }],
  },
  {
    from: 'framed-poster--template-wall',
    product: 'poster-a3',
    id: 'framed',
    label: 'In a frame on the wall',
    placements: [{ placement: 'front', zone: 'poster', x: 0, y: 0, width: 297, height: 420, bleed: 3 }],
  },
  {
    from: 'framed-poster--template-corner',
    product: 'poster-a3',
    id: 'framed-close',
    label: 'In a frame, from the side',
    placements: [{ placement: 'front', zone: 'poster', x: 0, y: 0, width: 297, height: 420, bleed: 3 }],
  },
  {
    from: 'photo-book--template-standing',
    product: 'photo-book-210',
    id: 'standing',
    label: 'Standing',
    // 0 is the hinge side of the front board; spine and back lie to its left.
    placements: [
      {
        placement: 'cover',
        zone: 'cover',
        x: -242,
        y: 0,
        width: 452,
        height: 210,
        bleed: 6,
        clip: { x: -38, y: 0, width: 248, height: 210 },
      },
    ],
  },
  {
    from: 'photo-book--template-lying',
    product: 'photo-book-210',
    id: 'lying',
    label: 'Lying',
    placements: [
      {
        placement: 'cover',
        zone: 'cover',
        x: -242,
        y: 0,
        width: 452,
        height: 210,
        bleed: 6,
        clip: { x: -38, y: 0, width: 248, height: 210 },
      },
    ],
  },
  {
    from: 'jersey--front',
    product: 'team-jersey',
    id: 'front',
    label: 'Front, laid flat',
    follows: { body: 'article' },
    placements: [{ placement: 'front', zone: 'body', x: 0, y: 0, width: 300, height: 340 }],
  },
  {
    from: 'jersey--back',
    product: 'team-jersey',
    id: 'back',
    label: 'Back, laid flat',
    follows: { body: 'article' },
    placements: [{ placement: 'back', zone: 'body', x: 0, y: 0, width: 330, height: 420 }],
  },
  {
    from: 'gift-box--template-studio',
    product: 'wrapping-paper',
    id: 'wrapped',
    label: 'Around a box',
    placements: [{ placement: 'sheet', zone: 'paper', x: -20, y: -230, width: 500, height: 350, bleed: 3 }],
  },
];
