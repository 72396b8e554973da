/** The little that is used of a package that may not be there: it is installed by who wants cut-outs. */
declare module 'onnxruntime-web' {
  export const env: { readonly wasm: { numThreads?: number } };
  export class Tensor {
    constructor(type: 'float32', data: Float32Array, dims: readonly number[]);
    readonly data: unknown;
  }
  export class InferenceSession {
    static create(model: Uint8Array, options: { readonly executionProviders: readonly string[] }): Promise<InferenceSession>;
    readonly inputNames: readonly string[];
    readonly outputNames: readonly string[];
    run(feeds: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  }
}
