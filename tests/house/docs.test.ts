import { describe, expect, it } from 'vitest';
import { anchorsIn, brokenLinks, linksIn } from './markdown-links.ts';
import { readText, trackedFiles } from './tree.ts';

const files = trackedFiles();
const pages = files.filter((path) => path.endsWith('.md') && !path.startsWith('fonts/'));
// What is not committed does not count: the reader of a clone will not have it.
const places = new Set(['.', ...files].flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))));
const disk = { exists: (path: string) => places.has(path.replace(/\/$/, '')), read: readText };

describe('our pages', () => {
  it('are seen by these checks', () => {
    expect(pages).toEqual(expect.arrayContaining(['CONTRIBUTING.md', 'docs/architecture.md', 'docs/decisions/dependencies.md']));
    expect(pages.flatMap((path) => linksIn(readText(path))).length).toBeGreaterThan(3);
  });

  it('link to files and headings that exist', () => {
    expect(pages.flatMap((path) => brokenLinks(path, disk).map((link) => `${path}: ${link}`))).toEqual([]);
  });
});

describe('the link check', () => {
  const files: Readonly<Record<string, string>> = {
    'docs/a.md': '# A page\n## Part one: `x`\n## Twice\n## Twice\n',
    'docs/b.md': [
      '[ok](a.md) [ok](a.md#part-one-x) [ok](a.md#twice-1) [ok](../LICENSE) [ok](https://example.com/x) ![ok](<a.md>)',
      '[bad](c.md) [bad](a.md#part-two) [bad](#nowhere) [bad](../../etc/passwd)',
      '```\n[code](gone.md)\n```\n`[code](gone.md)`',
    ].join('\n'),
    LICENSE: '',
  };
  const memory = { exists: (path: string) => path in files, read: (path: string) => files[path] ?? '' };

  it('finds what leads nowhere and nothing else', () => {
    expect(brokenLinks('docs/b.md', memory)).toEqual(['c.md', 'a.md#part-two', '#nowhere', '../../etc/passwd']);
    expect(anchorsIn(files['docs/a.md'] ?? '')).toEqual(new Set(['a-page', 'part-one-x', 'twice', 'twice-1']));
  });
});
