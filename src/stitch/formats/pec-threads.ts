import type { Thread } from '../plan.ts';
import { nearestThread, parseThreadTable, threadKey } from './thread-table.ts';

/** The 64 threads that PEC knows by number, as its readers show them. */
export const PEC_THREADS = parseThreadTable(
  '0e1f7c Prussian Blue|0a55a3 Blue|008777 Teal Green|4b6baf Cornflower Blue|ed171f Red|d15c00 Reddish Brown|913697 Magenta|' +
    'e49acb Light Lilac|915fac Lilac|9ed67d Mint Green|e8a900 Deep Gold|feba35 Orange|ffff00 Yellow|70bc1f Lime Green|ba9800 Brass|' +
    'a8a8a8 Silver|7d6f00 Russet Brown|ffffb3 Cream Brown|4f5556 Pewter|000000 Black|0b3d91 Ultramarine|770176 Royal Purple|' +
    '293133 Dark Gray|2a1301 Dark Brown|f64a8a Deep Rose|b27624 Light Brown|fcbbc5 Salmon Pink|fe370f Vermilion|f0f0f0 White|' +
    '6a1c8a Violet|a8ddc4 Seacrest|2584bb Sky Blue|feb343 Pumpkin|fff36b Cream Yellow|d0a660 Khaki|d15400 Clay Brown|' +
    '66ba49 Leaf Green|134a46 Peacock Blue|878787 Gray|d8ccc6 Warm Gray|435607 Dark Olive|fdd9de Flesh Pink|f993bc Pink|' +
    '003822 Deep Green|b2afd4 Lavender|686ab0 Wisteria Violet|efe3b9 Beige|f73866 Carmine|b54b64 Amber Red|132b1a Olive Green|' +
    'c70156 Dark Fuchsia|fe9e32 Tangerine|a8deeb Light Blue|00673e Emerald Green|4e2990 Purple|2f7e20 Moss Green|ffcccc Flesh Pink|' +
    'ffd911 Harvest Gold|095ba6 Electric Blue|f0f970 Lemon Yellow|e3f35b Fresh Green|ff9900 Orange|fff08d Cream Yellow|ffc8c8 Applique',
);

/**
 * A number for each block. Different threads get different numbers while there are any, since machines pair numbers with the true colours of
 * the file in order of appearance, and would see a stop where two numbers in a row are one.
 */
export const pecIndices = (threads: readonly Thread[]): readonly number[] => {
  const numbers = new Map<string, number>();
  const indices: number[] = [];
  for (const [at, thread] of threads.entries()) {
    const key = threadKey(thread);
    const before = at > 0 ? threads[at - 1] : undefined;
    const same = before !== undefined && threadKey(before) === key;
    const known = numbers.get(key) ?? nearestThread(PEC_THREADS, thread, new Set(numbers.values()));
    const last = indices.at(-1);
    const index = known === last && !same ? nearestThread(PEC_THREADS, thread, new Set([known])) : known;
    numbers.set(key, known);
    indices.push(index);
  }
  return indices;
};
