/** The part of the package that Platen calls: raw handles (0 means failure) over one shared memory. */
declare module 'lcms-wasm' {
  export type Lcms = {
    readonly HEAPU8: Uint8Array;
    _malloc(size: number): number;
    _free(at: number): void;
    _cmsDoTransform(transform: number, inputAt: number, outputAt: number, pixels: number): void;
    cmsOpenProfileFromMem(bytes: Uint8Array, size: number): number;
    cmsCloseProfile(profile: number): void;
    cmsCreate_sRGBProfile(): number;
    cmsGetColorSpaceASCII(profile: number): string | null;
    cmsCreateTransform(input: number, inputFormat: number, output: number, outputFormat: number, intent: number, flags: number): number;
    cmsDeleteTransform(transform: number): void;
  };
  export const instantiate: (options: { print?: (text: string) => void; printErr?: (text: string) => void }) => Promise<Lcms>;
}
