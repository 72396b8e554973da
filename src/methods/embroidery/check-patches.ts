import type { Finding } from '../../model/finding.ts';
import type { Palette } from '../../model/palette.ts';
import type { DecodedImage } from '../../model/resources.ts';
import type { Scene } from '../../scene/scene.ts';
import { piecesOf } from '../../stitch/order/pieces.ts';
import { artRegions } from './art-regions.ts';
import { remarkFindings } from './remark-findings.ts';
import { scenePartsOf } from './scene-parts.ts';
import type { EmbroiderySettings } from './settings.ts';
import { tracedScene } from './traced-scene.ts';

/**
 * What of the cloth that the settings ask for will be thread: all of it over foam, else areas that their own border would hide.
 * @param pointer - of the placement
 * @throws Problem for a swatch that the palette has not
 */
export const checkPatches = (
  scene: Scene,
  settings: EmbroiderySettings,
  palette: Palette,
  picture: (digest: string) => DecodedImage,
  pointer: string,
): readonly Finding[] => {
  if (!settings.applique) return [];
  if (settings.puff) return [overFoam(pointer)];
  const traced = tracedScene(scene, picture);
  return scenePartsOf(traced.nodes).flatMap((part) => {
    if (part.kind === 'file') return [];
    const regions = artRegions(traced, part.nodes, settings, palette);
    const { remarks } = piecesOf(regions);
    return remarkFindings(
      remarks.filter(({ code }) => code === 'patch.small'),
      regions,
    );
  });
};

const overFoam = (pointer: string): Finding => ({
  severity: 'warning',
  code: 'patch.foam',
  pointer,
  message: 'Over foam nothing is a patch of cloth: "applique" is left out and all of the art is sewn as thread.',
  hint: 'Leave out "puff" for patches of cloth, or "applique" for raised thread; a placement can have one of them.',
});
