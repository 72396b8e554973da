/** A base article as data. */
export type Product = { readonly id: string };
