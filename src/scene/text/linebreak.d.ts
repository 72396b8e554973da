declare module 'linebreak' {
  /** Break opportunities of UAX 14, one call each; null after the last. */
  export default class LineBreaker {
    constructor(text: string);
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }
}
