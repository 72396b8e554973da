/** A strong entity tag. */
export const etagOf = (value: string): string => `"${value}"`;

/** Lists longer than this are not read to the end: nobody has so many versions. */
const MAX_TAGS = 50;

/** Whether `If-None-Match` names this tag; weak tags match their strong ones, as RFC 9110 13.1.2 says. */
export const noneMatchHits = (header: string | undefined, etag: string): boolean => {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return header
    .split(',', MAX_TAGS)
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .includes(etag);
};
