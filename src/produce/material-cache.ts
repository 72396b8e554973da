import { type FrameSize, frameView } from '../mockup/frame-view.ts';
import type { CompiledView, ZoneTexture } from '../mockup/index.ts';
import {
  type CompiledMaterial,
  compileMaterial,
  dependsOnColour,
  type MaterialStage,
  materialTexture,
  stageMaterials,
  textureDependsOnColour,
} from '../mockup/materials/material-texture.ts';
import type { Reflectance } from '../mockup/zone-colours.ts';
import type { MaterialId } from '../model/material.ts';
import type { ProductView } from '../model/view.ts';
import { ByteLimit } from '../render/byte-limit.ts';

const MB = 1024 * 1024;
/** What materials show on the zones of pictures: a few bytes for each pixel of a zone. */
const TEXTURE_BYTES = 64 * MB;
/** Patterns: up to some ten megabytes for each material, and for each colour where that matters. */
const PATTERN_BYTES = 96 * MB;
/** Positions and directions over a picture: up to eleven bytes a pixel. */
const STAGE_BYTES = 64 * MB;

/** A view at a picture size; `key` says which. */
export type StagedView = { readonly key: string; readonly compiled: CompiledView; readonly frame?: FrameSize | undefined };

/** Materials that were painted before, for pictures that want them again. The least recently used are dropped. */
export class MaterialCache {
  readonly #textures = new ByteLimit<ZoneTexture>(TEXTURE_BYTES);
  readonly #patterns = new ByteLimit<CompiledMaterial>(PATTERN_BYTES);
  readonly #stages = new ByteLimit<MaterialStage>(STAGE_BYTES);

  /** The textures of a view's zones in their materials and colours, by zone id. */
  async textures(
    view: ProductView,
    staged: StagedView,
    materials: ReadonlyMap<string, MaterialId>,
    colours: ReadonlyMap<string, Reflectance>,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, ZoneTexture>> {
    const textures = new Map<string, ZoneTexture>();
    for (const [zone, material] of materials) {
      const colour = colours.get(zone);
      if (!colour) continue;
      signal.throwIfAborted();
      const texture = await this.#texture(view, staged, zone, material, colour, signal);
      if (texture) textures.set(zone, texture);
    }
    return textures;
  }

  async #texture(
    view: ProductView,
    staged: StagedView,
    zone: string,
    id: MaterialId,
    colour: Reflectance,
    signal: AbortSignal,
  ): Promise<ZoneTexture | null> {
    const key = JSON.stringify([staged.key, zone, id, textureDependsOnColour(id) ? colour : null]);
    const known = this.#textures.get(key);
    if (known) return known;
    const texture = await materialTexture(await this.#stage(view, staged), zone, this.#pattern(id, colour), colour, signal);
    if (texture) this.#textures.set(key, texture, (texture.pattern?.bytes.length ?? 0) + (texture.extra?.bytes.length ?? 0));
    return texture;
  }

  async #stage(view: ProductView, { key, compiled, frame }: StagedView): Promise<MaterialStage> {
    const known = this.#stages.get(key);
    if (known) return known;
    const stage = await stageMaterials(frame ? frameView(view, frame) : view, compiled);
    const { normals, surface } = stage.maps;
    this.#stages.set(key, stage, (normals?.rgb.byteLength ?? 0) + (surface?.mm.byteLength ?? 0) + 1);
    return stage;
  }

  #pattern(id: MaterialId, colour: Reflectance): CompiledMaterial {
    const key = JSON.stringify([id, dependsOnColour(id) ? colour : null]);
    const known = this.#patterns.get(key);
    if (known) return known;
    const made = compileMaterial(id, colour);
    const bytes = made.patterns.reduce((sum, { levels }) => sum + levels.reduce((all, { texels }) => all + texels.byteLength, 0), 0);
    this.#patterns.set(key, made, bytes);
    return made;
  }

  clear(): void {
    this.#textures.clear();
    this.#patterns.clear();
    this.#stages.clear();
  }
}
