import { boundsOfPath, isEmptyPath, joinPaths, type Path, rectPath, transformPath } from '../../geometry/path.ts';
import { containsRect, type Rect } from '../../geometry/point.ts';
import { intersectPaths, subtractPaths, unionPaths } from '../../geometry/polygons.ts';
import { strokeOutline } from '../../geometry/stroke.ts';
import type { FillRule, GlyphsNode, GroupNode, Paint, PathNode, SceneNode } from '../../scene/scene.ts';
import type { ClearPiece } from './flatten-pieces.ts';
import { lettersOf } from './letters.ts';
import { type PlainColour, plainColour } from './plain-colour.ts';
import type { Flattened, NotSolid, NotSolidReason } from './solid-art.ts';

type Clip = { readonly path: Path; readonly box: Rect };

export type Pieces = { readonly pieces: ClearPiece[]; readonly refused: NotSolid[]; readonly flattened: Flattened[] };

/**
 * Everything the nodes paint as single closed areas, in paint order, clipped to `within`; and what is no even area. With `takesUneven` what is
 * see-through is taken as it is, and a gradient as its mean colour; else both are no even areas.
 */
export const solidPieces = (nodes: readonly SceneNode[], within: Rect, toleranceMm: number, takesUneven = false): Pieces => {
  const walk = new Walk(toleranceMm, takesUneven);
  walk.nodes(nodes, { path: rectPath(within), box: within });
  return walk.found;
};

class Walk {
  readonly found: Pieces = { pieces: [], refused: [], flattened: [] };
  readonly #toleranceMm: number;
  readonly #takesUneven: boolean;

  constructor(toleranceMm: number, takesUneven: boolean) {
    this.#toleranceMm = toleranceMm;
    this.#takesUneven = takesUneven;
  }

  nodes(nodes: readonly SceneNode[], clip: Clip): void {
    for (const node of nodes) this.#node(node, clip);
  }

  #node(node: SceneNode, clip: Clip): void {
    switch (node.kind) {
      case 'path':
        this.#path(node, clip);
        return;
      case 'glyphs':
        this.#glyphs(node, clip);
        return;
      case 'raster':
        this.#refuse(node.pointer, 'picture');
        return;
      case 'group':
        this.#group(node, clip);
    }
  }

  #path(node: PathNode, clip: Clip): void {
    const fill = this.#colour(node.fill, node.pointer);
    if (fill) this.#piece(fill, node.path, node.fillRule, node.pointer, null, clip);
    const stroke = this.#colour(node.stroke?.paint ?? null, node.pointer);
    if (stroke && node.stroke) {
      const outline = strokeOutline(node.path, node.stroke, this.#toleranceMm);
      this.#piece(stroke, outline, 'nonzero', node.pointer, null, clip);
    }
  }

  #glyphs(node: GlyphsNode, clip: Clip): void {
    const colour = this.#colour(node.fill, node.pointer);
    if (!colour) return;
    const letters = lettersOf(node);
    node.glyphs.forEach(({ outline, at }, i) => {
      this.#piece(colour, transformPath(outline, at), 'nonzero', node.pointer, letters[i] ?? null, clip);
    });
  }

  #group(group: GroupNode, clip: Clip): void {
    if (group.opacity === 0) return;
    const reason = reasonAgainst(group);
    if (reason && !(reason === 'opacity' && this.#takesUneven)) {
      this.#refuse(group.pointer, reason);
      return;
    }
    const first = this.found.pieces.length;
    const inner = group.clip ? this.#narrow(clip, group.clip) : clip;
    if (inner) this.nodes(group.children, inner);
    if (reason) this.#fade(first, group);
  }

  /** Members of a group cover one another first, and what is seen of them is faded together. */
  #fade(first: number, { opacity, pointer }: GroupNode): void {
    const { pieces } = this.found;
    const members = pieces.splice(first);
    members.forEach((piece, i) => {
      const above = members.slice(i + 1).filter((other) => other.opacity >= 1);
      const path =
        above.length === 0
          ? piece.path
          : subtractPaths(piece.path, joinPaths(above.map((other) => other.path)), 'nonzero', this.#toleranceMm);
      if (!isEmptyPath(path)) pieces.push({ ...piece, path, opacity: piece.opacity * opacity });
    });
    if (pieces.length > first) this.#flatten(pointer, 'opacity');
  }

  #narrow(clip: Clip, { path, fillRule }: NonNullable<GroupNode['clip']>): Clip | null {
    const region = unionPaths([path], fillRule, this.#toleranceMm);
    const box = boundsOfPath(region);
    if (!box) return null;
    if (containsRect(clip.box, box) && clip.path.verbs.length === rectPath(clip.box).verbs.length) return { path: region, box };
    const both = intersectPaths(clip.path, region, 'nonzero', this.#toleranceMm);
    const bounds = boundsOfPath(both);
    return bounds ? { path: both, box: bounds } : null;
  }

  #colour(paint: Paint | null, pointer: string): PlainColour | null {
    if (!paint) return null;
    if (paint.kind !== 'solid' && !this.#takesUneven) {
      this.#refuse(pointer, 'gradient');
      return null;
    }
    if (paint.kind === 'solid' && paint.colour.space === 'spot' && paint.colour.tint < 1) {
      this.#refuse(pointer, 'tint');
      return null;
    }
    if (paint.kind !== 'solid') this.#flatten(pointer, 'gradient');
    return plainColour(paint);
  }

  #piece({ colour, opacity }: PlainColour, path: Path, fillRule: FillRule, pointer: string, letter: string | null, clip: Clip): void {
    if (isEmptyPath(path)) return;
    const region = unionPaths([path], fillRule, this.#toleranceMm);
    const clipped = this.#clipped(region, clip);
    if (!isEmptyPath(clipped)) this.found.pieces.push({ colour, path: clipped, pointer, letter, opacity });
  }

  #clipped(region: Path, clip: Clip): Path {
    const box = boundsOfPath(region);
    if (!box) return region;
    const isRect = clip.path.coords.length === 8;
    return isRect && containsRect(clip.box, box) ? region : intersectPaths(region, clip.path, 'nonzero', this.#toleranceMm);
  }

  #flatten(pointer: string, reason: Flattened['reason']): void {
    const known = this.found.flattened.some((one) => one.pointer === pointer && one.reason === reason);
    if (!known) this.found.flattened.push({ pointer, reason });
  }

  #refuse(pointer: string, reason: NotSolidReason): void {
    const known = this.found.refused.some((one) => one.pointer === pointer && one.reason === reason);
    if (!known) this.found.refused.push({ pointer, reason });
  }
}

const reasonAgainst = ({ opacity, blend, mask }: GroupNode): NotSolidReason | null => {
  if (mask) return 'mask';
  if (blend !== 'normal') return 'blend';
  return opacity < 1 ? 'opacity' : null;
};
