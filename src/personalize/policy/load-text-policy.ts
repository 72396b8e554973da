import { isProblem } from '../../model/problem.ts';
import type { Resources } from '../../model/resources.ts';
import { type ShopTextPolicy, STANDARD_TEXT_POLICY } from '../../model/text-policy.ts';
import type { WordList } from '../../model/word-list.ts';
import { TextPolicy } from './text-policy.ts';

/**
 * The text policy of a shop with the word lists it names; for a shop that says nothing, the standard one.
 * @throws Problem `word-list.unknown` for a list that the shop names and the library has not
 */
export const loadTextPolicy = async (
  rules: ShopTextPolicy | undefined,
  wordList: NonNullable<Resources['wordList']>,
): Promise<TextPolicy> => {
  const { lists } = rules ?? STANDARD_TEXT_POLICY;
  const found = await Promise.all(
    lists.map(async (id): Promise<readonly WordList[]> => {
      try {
        return [await wordList(id)];
      } catch (error) {
        // A library of one's own may do without the bundled words.
        if (rules === undefined && isProblem(error) && error.code === 'word-list.unknown') return [];
        throw error;
      }
    }),
  );
  return new TextPolicy(rules ?? STANDARD_TEXT_POLICY, found.flat());
};
