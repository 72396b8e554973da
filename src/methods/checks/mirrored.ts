import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import { nodesOf } from '../../scene/walk.ts';

/**
 * That the file is mirrored (`file.mirrored`), where anybody could wonder: lettering reads backwards in it and right on the article.
 * @param why - the end of a sentence: "film is cut from behind"
 */
export const checkMirrored = (scene: Scene, isMirrored: boolean, why: string, pointer: string): readonly Finding[] =>
  isMirrored && nodesOf(scene.nodes).some(({ kind }) => kind === 'glyphs')
    ? [
        {
          severity: 'info',
          code: 'file.mirrored',
          pointer,
          message: `The files are mirrored, because ${why}; the lettering reads right on the article.`,
          hint: 'Look at the preview, and do not mirror the art yourself.',
        },
      ]
    : [];
