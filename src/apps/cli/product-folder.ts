import { access, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { openViewLibrary } from '../../drivers/resources/view-library.ts';
import { filesOfView } from '../../intake/decode-view.ts';
import { parseJson } from '../../intake/json-text.ts';
import { findMethod, METHODS } from '../../methods/index.ts';
import { checkShown, checkView } from '../../mockup/index.ts';
import { checkComponents } from '../../mockup/materials/check-components.ts';
import { type Finding, sortFindings } from '../../model/finding.ts';
import { InvalidInput, type Mistake, parseWith } from '../../model/parse.ts';
import { Problem } from '../../model/problem.ts';
import { type Product, parseProduct } from '../../model/product.ts';
import type { ProductView } from '../../model/view.ts';

/**
 * The ids of the products in a folder of them, sorted: the names of its folders. What else lies there (a README, what desktops leave) is
 * none.
 * @throws Problem `file.unreadable`
 */
export const productIdsIn = async (folder: string): Promise<readonly string[]> => {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    throw new Problem('file.unreadable', `expected a folder of products, got no readable folder: ${folder}`, { cause: error });
  }
};

export type CheckedProduct = { readonly product: Product; readonly views: readonly string[]; readonly findings: readonly Finding[] };

/**
 * Reads a product folder and checks what the schema alone cannot: its id is the folder's name, every method exists
 * and takes the settings given, and its pictures fit its placements.
 * @throws InvalidInput with every mistake of the record; Problem `file.unreadable`, or what a broken view throws
 */
export const checkProductFolder = async (folder: string): Promise<CheckedProduct> => {
  const product = await readProductFolder(folder);
  // Views lie in templates/products/<id>/views; a product folder that lies elsewhere has none that could be found.
  const products = dirname(folder);
  const library = basename(products) === 'products' ? openViewLibrary(dirname(products)) : null;
  const ids = library ? await library.list(product.id) : [];
  const views: ProductView[] = [];
  for (const id of ids) if (library) views.push(await library.load(product.id, id));
  const records = views.map(({ record }) => record);
  const findings = [
    ...views.flatMap((view) => checkView(view, product)),
    ...(views.length > 0 ? [...checkShown(product, records), ...checkComponents(product, records)] : []),
  ];
  return { product, views: ids, findings: sortFindings(findings) };
};

/**
 * The same without opening the pictures: the records are read, and the files they name are there.
 * @throws as `checkProductFolder`; Problem `view.map-missing`
 */
export const readProductRecords = async (folder: string): Promise<void> => {
  const product = await readProductFolder(folder);
  const library = openViewLibrary(dirname(dirname(folder)));
  for (const id of await library.list(product.id)) {
    for (const file of filesOfView(await library.record(product.id, id))) {
      const path = join(folder, 'views', id, file);
      await access(path).catch((cause: unknown) => {
        throw new Problem('view.map-missing', `expected the file ${file} of the view "${id}", got none: ${path}`, { cause });
      });
    }
  }
};

const readProductFolder = async (folder: string): Promise<Product> => {
  const file = join(folder, 'product.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Problem('file.unreadable', `expected a product folder with a product.json, got no readable file: ${file}`, { cause: error });
  });
  const product = parseProduct(parseJson(text));
  const mistakes = [...idMistakes(product, basename(folder)), ...methodMistakes(product)];
  if (mistakes.length > 0) throw new InvalidInput('product', mistakes);
  return product;
};

const idMistakes = (product: Product, folder: string): readonly Mistake[] =>
  product.id === folder ? [] : [{ pointer: '/id', expected: `the name of the folder ("${folder}")`, got: `"${product.id}"` }];

const methodMistakes = (product: Product): readonly Mistake[] =>
  product.placements.flatMap((placement, i) =>
    Object.entries(placement.methods).flatMap(([id, settings]): readonly Mistake[] => {
      const pointer = `/placements/${i}/methods/${id}`;
      const method = findMethod(id);
      if (!method) return [{ pointer, expected: `one of "${METHODS.map((one) => one.id).join('", "')}"`, got: `"${id}"` }];
      try {
        parseWith(method.settings, settings, 'settings');
        return [];
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        return error.mistakes.map((mistake) => ({ ...mistake, pointer: `${pointer}${mistake.pointer}` }));
      }
    }),
  );
