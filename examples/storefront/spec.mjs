/** What is printed on the shirt. The page shows it and the shop orders it: one function, so that they cannot differ. */
export const shirt = ({ text, colour }) => ({
  product: 'crew-tee',
  variant: { size: 'm', colour },
  placements: [
    {
      placement: 'front',
      method: 'dtg',
      layers: [
        {
          type: 'text',
          text,
          font: { family: 'Montserrat', weight: 800 },
          size: 80,
          fit: { mode: 'shrink' },
          fill: colour === 'white' ? '#1c2740' : '#ffffff',
          box: { x: 20, y: 30, width: 264, height: 90 },
        },
      ],
    },
  ],
});
