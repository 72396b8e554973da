import type { Rect } from '../../geometry/point.ts';
import type { SpecialLayer } from '../../model/special-layers.ts';
import { composeCalendar } from '../layers/calendar-layer.ts';
import type { ComposeContext, Composed } from '../layers/context.ts';
import { composeCoordinates } from '../layers/coordinates-layer.ts';
import { composeHandwriting } from '../layers/handwriting-layer.ts';
import { composeList } from '../layers/list-layer.ts';
import { composeMonogram } from '../layers/monogram-layer.ts';
import { composeNameNumber } from '../layers/name-number-layer.ts';
import { composeSignature } from '../layers/signature-layer.ts';
import { composeSongPlayer } from '../layers/song-player-layer.ts';
import { composeWordCloud } from '../layers/word-cloud-layer.ts';

/** Layers that lay themselves out, as the same nodes that text and shapes become. */
export const composeSpecial = (layer: SpecialLayer, box: Rect, pointer: string, context: ComposeContext): Composed => {
  switch (layer.type) {
    case 'monogram':
      return composeMonogram(layer, box, pointer, context);
    case 'name-number':
      return composeNameNumber(layer, box, pointer, context);
    case 'calendar':
      return composeCalendar(layer, box, pointer, context);
    case 'coordinates':
      return composeCoordinates(layer, box, pointer, context);
    case 'song-player':
      return composeSongPlayer(layer, box, pointer, context);
    case 'word-cloud':
      return composeWordCloud(layer, box, pointer, context);
    case 'list':
      return composeList(layer, box, pointer, context);
    case 'signature':
      return composeSignature(layer, box, pointer, context);
    case 'handwriting':
      return composeHandwriting(layer, box, pointer, context);
  }
};
