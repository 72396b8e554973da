import { CLOSE, CUBIC, LINE, MOVE, type Path } from '../../geometry/path.ts';
import type { FillRule } from '../../scene/scene.ts';
import { coord } from './syntax.ts';

/** The path construction operators of an outline, one line of text. */
export const pathOperators = ({ verbs, coords }: Path): string => {
  let out = '';
  let at = 0;
  const pair = (): string => {
    const result = `${coord(coords[at] ?? 0)} ${coord(coords[at + 1] ?? 0)} `;
    at += 2;
    return result;
  };
  for (const verb of verbs) {
    if (verb === CLOSE) out += 'h ';
    else if (verb === CUBIC) out += `${pair()}${pair()}${pair()}c `;
    else if (verb === LINE) out += `${pair()}l `;
    else if (verb === MOVE) out += `${pair()}m `;
  }
  return out.trimEnd();
};

export const fillOperator = (rule: FillRule): string => (rule === 'evenodd' ? 'f*' : 'f');
export const fillAndStrokeOperator = (rule: FillRule): string => (rule === 'evenodd' ? 'B*' : 'B');
export const clipOperator = (rule: FillRule): string => (rule === 'evenodd' ? 'W* n' : 'W n');
