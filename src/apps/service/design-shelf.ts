import { digestOf } from '../../model/digest.ts';
import type { Resources } from '../../model/resources.ts';
import { answersByLabel } from '../../personalize/answers-by-label.ts';
import { answersSchema } from '../../personalize/answers-schema.ts';
import type { Answers, Data, FormField, OpenDesign } from '../../personalize/filled-design.ts';
import { formFields } from '../../personalize/form-fields.ts';
import { type DesignLibrary, loadDesign } from '../../personalize/load-design.ts';
import { personalize } from '../../personalize/personalize.ts';
import { withSample } from '../../personalize/with-sample.ts';
import { openLettering } from '../../produce/lettering/design-lettering.ts';
import { recordIdsIn } from '../cli/record-folder.ts';
import type { DesignShelf, DesignSummary } from '../server/server-parts.ts';

export type DesignShelfOptions = {
  readonly resources: DesignLibrary & Pick<Resources, 'font'>;
  readonly templatesDir: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** A design is read again when it was looked at this long ago: an order costs no reading, and a change is seen soon. */
const FRESH_MS = 5000;
const MOST_KEPT = 1000;

type Kept = { readonly until: number; readonly open: Promise<OpenDesign> };

/** The designs of the library's folder. */
export const openDesignShelf = ({ resources, templatesDir, now }: DesignShelfOptions): DesignShelf => {
  const kept = new Map<string, Kept>();
  const lettered = openLettering((request) => resources.font(request));
  const open = (id: string): Promise<OpenDesign> => {
    const known = kept.get(id);
    if (known && known.until > now()) return known.open;
    const opening = loadDesign(id, resources).then(lettered);
    kept.delete(id);
    kept.set(id, { until: now() + FRESH_MS, open: opening });
    // A design that cannot be read is asked for anew the next time.
    opening.catch(() => kept.delete(id));
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
    return opening;
  };
  return {
    list: async () => {
      const summaries: DesignSummary[] = [];
      for (const id of await recordIdsIn(templatesDir, 'designs')) {
        const one = await open(id).then(summaryOf, () => null);
        // One that is broken is left out of the list: asked for by its id, it says what is wrong.
        if (one) summaries.push(one);
      }
      return summaries;
    },
    get: async (id) => {
      const one = await open(id);
      return { ...summaryOf(one), design: one.design };
    },
    open,
    answersSchema: async (id) => answersSchema(await open(id)),
    form: async (id, answers, data, language) => formOf(await open(id), answers, data, language),
    fill: async (id, named, data, { sample = false, byLabel = false } = {}) => {
      const one = await open(id);
      const answers = byLabel ? answersByLabel(one, named) : named;
      return sample ? personalize(one, ...withSample(one.design, answers, data)) : personalize(one, answers, data);
    },
  };
};

/** In the language that was asked for, else that of the data, else that of the design. */
const formOf = (open: OpenDesign, answers: Answers, data: Data, asked: string | undefined): readonly FormField[] => {
  const known = typeof data.language === 'string' ? data.language : open.design.language;
  return formFields(open, answers, asked ?? known, data);
};

/** The digest stands for all that the answers are read by: another product or palette may fill it otherwise. */
const summaryOf = ({ design, products, optionSets, palettes }: OpenDesign): DesignSummary => ({
  id: design.id,
  name: design.name,
  product: design.product,
  digest: digestOf([design, [...products], [...optionSets], [...palettes]]),
});
