declare module 'fontkit' {
  type Run = { readonly glyphs: readonly { readonly id: number }[] };
  export function openSync(path: string): { layout(text: string): Run };
}
