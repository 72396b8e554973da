/** What a route answers. */
export type Reply = { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: ReplyBody };

export type ReplyBody =
  | { readonly kind: 'json'; readonly value: unknown; readonly mediaType?: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly mediaType: string }
  | {
      readonly kind: 'stream';
      readonly chunks: AsyncIterable<Uint8Array>;
      readonly mediaType: string /** When known. */;
      readonly bytes?: number;
    };

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  headers,
  body: { kind: 'json', value },
});

export const text = (mediaType: string, content: string, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status: 200,
  headers,
  body: { kind: 'bytes', bytes: Buffer.from(content), mediaType },
});
