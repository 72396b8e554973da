import { hexOf } from '../../colour/colour.ts';
import type { Finding } from '../../model/finding.ts';
import type { Palette } from '../../model/palette.ts';
import { screenColour } from '../../render/raster/screen-colour.ts';
import { colourKey } from '../../render/solid/colour-key.ts';
import type { Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';
import { paintsOf } from '../checks/spots.ts';
import type { VinylSettings } from './settings.ts';
import { vinylFinder } from './vinyl-colours.ts';

/** Colours of the art that no vinyl of the palette comes near (`colour.far`): one finding for a colour, at the first layer that has it. */
export const checkFarColours = (scene: Scene, settings: VinylSettings, palette: Palette): readonly Finding[] => {
  const find = vinylFinder(palette, settings);
  const seen = new Set<string>();
  return nodesOf(scene.nodes).flatMap((node) =>
    paintsOf(node).flatMap((paint): readonly Finding[] => {
      if (paint.kind !== 'solid' || seen.has(colourKey(paint.colour))) return [];
      seen.add(colourKey(paint.colour));
      const { swatch, distance } = find(paint.colour);
      if (distance <= settings.farColourDe) return [];
      return [
        {
          severity: 'warning',
          code: 'colour.far',
          pointer: node.pointer,
          message: `No vinyl has the colour ${hexOf(screenColour(paint.colour))}: it is cut from "${swatch.name}" (${swatch.colour}).`,
          hint: `Use one of the vinyls: { "swatch": "${swatch.id}", "palette": "${palette.id}" }.`,
          measured: Math.round(distance * 10) / 10,
          required: settings.farColourDe,
          unit: 'dE00',
        },
      ];
    }),
  );
};
