import { expect, it } from 'vitest';
import { sourceName } from '../../src/model/source-name.ts';

it.each([
  ['art/photo.png', 'art/photo.png'],
  ['upload:ast_1', 'upload:ast_1'],
  ['data:image/png;base64,AAAA', 'data:'],
  ['DATA:image/png;base64,AAAA', 'data:'],
  ['https://cdn.example/a.png?X-Amz-Signature=secret', 'https://cdn.example/a.png'],
  ['HTTPS://cdn.example/a.png#secret', 'HTTPS://cdn.example/a.png'],
  ['https://me:secret@cdn.example/a@b.png', 'https://cdn.example/a@b.png'],
  ['https://cdn.example/a.png?x=1\nsecret', 'https://cdn.example/a.png'],
])('%s is kept as %s', (source, kept) => {
  expect(sourceName(source)).toBe(kept);
});
