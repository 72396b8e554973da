import { posix } from 'node:path';

/** Targets of inline links and pictures, outside code. */
export const linksIn = (page: string): readonly string[] =>
  [...withoutCode(page).matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map(([, target = '']) => target);

const withoutBlocks = (page: string): string => page.replaceAll(/^(```|~~~).*?^\1/gms, '');

const withoutCode = (page: string): string => withoutBlocks(page).replaceAll(/`[^`\n]*`/g, '');

/** The anchors that headings of a page offer, as the usual hosts name them. */
export const anchorsIn = (page: string): ReadonlySet<string> => {
  const seen = new Map<string, number>();
  const anchors = [...withoutBlocks(page).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, title = '']) => {
    const slug = title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
  return new Set(anchors);
};

/** Links of one page that lead nowhere. `exists` answers for files and folders, `read` gives the text of a page. */
export const brokenLinks = (
  path: string,
  { exists, read }: { readonly exists: (path: string) => boolean; readonly read: (path: string) => string },
): readonly string[] =>
  linksIn(read(path)).filter((link) => {
    if (/^(?:https?:|mailto:)/.test(link)) return false;
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), decodeURIComponent(file)));
    if (target.startsWith('..') || !exists(target)) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsIn(read(target)).has(anchor);
  });
