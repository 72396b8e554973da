import { labOfSrgb } from '../../colour/lab.ts';
import { multiply, scaling, translation } from '../../geometry/affine.ts';
import { rectPath, transformPath } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import type { Finding } from '../../model/finding.ts';
import type { CodeLayer } from '../../model/layers.ts';
import { colourOf } from '../../model/paint.ts';
import { type CodeMatrix, encodeCode } from '../code-matrix.ts';
import type { SceneNode } from '../scene.ts';
import { layoutText } from '../text/layout-text.ts';
import { transformNode } from '../transform.ts';
import { captionText } from './code-caption.ts';
import type { ComposeContext, Composed } from './context.ts';

/**
 * Smallest module that common scanners read, mm: QR and Data Matrix 0.25 (ISO/IEC 15415 practice), EAN and UPC 0.264 (80 % of the
 * nominal 0.330, GS1 General Specifications), Code 128 0.19.
 */
const MIN_MODULE: Record<CodeLayer['symbology'], number> = {
  qr: 0.25,
  'data-matrix': 0.25,
  'ean-13': 0.264,
  'ean-8': 0.264,
  'upc-a': 0.264,
  'code-128': 0.19,
};

/** Caption height as a part of the box. */
const CAPTION_SHARE = 0.18;

export const composeCode = (layer: CodeLayer, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const matrix = encodeCode(layer, pointer);
  const captioned = layer.caption && matrix.linear;
  const bars = captioned ? rectOf(box.x, box.y, box.width, box.height * (1 - CAPTION_SHARE)) : box;
  const { map, moduleMm } = layModules(matrix, bars, layer.quietZone);
  const solid = { kind: 'solid', colour: colourOf(layer.colour) } as const;
  const nodes: SceneNode[] = [];
  if (layer.background !== undefined) {
    const fill = { kind: 'solid', colour: colourOf(layer.background) } as const;
    nodes.push({ kind: 'path', pointer, path: rectPath(box), fillRule: 'nonzero', fill, stroke: null });
  }
  // Matrix codes draw rings of modules as outlines inside outlines.
  nodes.push({ kind: 'path', pointer, path: transformPath(matrix.path, map), fillRule: 'evenodd', fill: solid, stroke: null });
  const findings = [...moduleFindings(layer, moduleMm, pointer), ...contrastFindings(layer, pointer)];
  if (captioned) {
    const size = { widthMm: box.width, heightMm: box.height * CAPTION_SHARE };
    const caption = layoutText(captionText(layer, size.heightMm), size, context.fonts, pointer);
    const down = translation(box.x, bars.y + bars.height);
    nodes.push(...caption.nodes.map((node) => transformNode(node, down)));
    findings.push(...caption.findings);
  }
  return { nodes, findings };
};

/** Modules to mm: square and as large as fits for matrix codes; linear ones fill the height. */
const layModules = (matrix: CodeMatrix, box: Rect, quietZone: boolean) => {
  const [left, top, right, bottom] = quietZone ? matrix.quiet : [0, 0, 0, 0];
  const [across, down] = [matrix.width + left + right, matrix.height + top + bottom];
  const moduleMm = matrix.linear ? box.width / across : Math.min(box.width / across, box.height / down);
  const sy = matrix.linear ? box.height / down : moduleMm;
  const x = box.x + (box.width - across * moduleMm) / 2 + left * moduleMm;
  const y = box.y + (box.height - down * sy) / 2 + top * sy;
  return { map: multiply(translation(x, y), scaling(moduleMm, sy)), moduleMm };
};

const moduleFindings = (layer: CodeLayer, moduleMm: number, pointer: string): readonly Finding[] => {
  const required = MIN_MODULE[layer.symbology];
  if (moduleMm >= required) return [];
  return [
    {
      severity: 'warning',
      code: 'code.module-small',
      pointer: `${pointer}/box`,
      message: `The ${layer.symbology} code has modules of ${moduleMm.toFixed(2)} mm; scanners want ${required} mm.`,
      hint: 'Make its box larger or the value shorter.',
      measured: Number(moduleMm.toFixed(3)),
      required,
      unit: 'mm',
    },
  ];
};

/** Scanners read dark on light; below this difference of lightness (L*, 0 to 100) they guess. ISO/IEC 15416 grades print contrast. */
const MIN_CONTRAST = 40;

const contrastFindings = (layer: CodeLayer, pointer: string): readonly Finding[] => {
  const [dark, light] = [lightnessOf(layer.colour), lightnessOf(layer.background ?? '#ffffff')];
  const mirrored = layer.flip === 'horizontal' || layer.flip === 'vertical';
  const contrast = dark === null || light === null ? null : light - dark;
  const findings: Finding[] = [];
  if (contrast !== null && contrast < MIN_CONTRAST) {
    findings.push({
      severity: 'warning',
      code: 'code.low-contrast',
      pointer: `${pointer}/colour`,
      message:
        contrast < 0
          ? 'The code is lighter than its ground: many scanners will not read it.'
          : 'The code hardly stands out from its ground: scanners may not read it.',
      hint: 'Print it dark on a light background.',
      measured: Math.round(contrast),
      required: MIN_CONTRAST,
      unit: 'L*',
    });
  }
  if (mirrored) {
    findings.push({
      severity: 'warning',
      code: 'code.mirrored',
      pointer: `${pointer}/flip`,
      message: 'The code is mirrored: scanners will not read it.',
      hint: 'Leave "flip" at "none".',
    });
  }
  return findings;
};

/** Lightness of a screen colour; null for inks, which depend on the press. */
const lightnessOf = (input: CodeLayer['colour']): number | null => {
  const colour = colourOf(input);
  return colour.space === 'srgb' ? labOfSrgb(colour).l : null;
};
