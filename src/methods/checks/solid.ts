import type { Finding } from '../../model/finding.ts';
import type { NotSolidReason, SolidArt } from '../../render/solid/solid-art.ts';

const WHAT: Readonly<Record<NotSolidReason, string>> = {
  picture: 'a picture',
  gradient: 'a gradient',
  tint: 'a tint',
  opacity: 'a see-through layer',
  blend: 'a blend of colours',
  mask: 'a masked layer',
};

const MEND: Readonly<Record<NotSolidReason, string>> = {
  picture: 'Use a drawing (SVG) of even areas, turn the picture into line art with a tracing, or choose a method that prints pictures.',
  gradient: 'Use one even colour, or stripes and dots of it.',
  tint: 'Use the full colour: lighter tones need a lighter material or a pattern of dots.',
  opacity: 'Set the opacity to 1, or leave the layer out.',
  blend: 'Use the blend "normal".',
  mask: 'Clip with a shape instead of a mask.',
};

/** Art that has no even areas (`art.not-solid`), one finding for each layer. `medium` is what cannot fade: "Foil". */
export const checkSolid = ({ refused }: Pick<SolidArt, 'refused'>, medium: string): readonly Finding[] =>
  refused.map(({ pointer, reason }) => ({
    severity: 'error',
    code: 'art.not-solid',
    pointer,
    message: `${medium} is even all over: it cannot show ${WHAT[reason]}.`,
    hint: MEND[reason],
    measured: reason,
    required: 'solid',
  }));
