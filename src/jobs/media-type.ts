const BY_ENDING: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  csv: 'text/csv',
  dst: 'application/octet-stream',
  dxf: 'image/vnd.dxf',
  gif: 'image/gif',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  otf: 'font/otf',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  ttf: 'font/ttf',
  txt: 'text/plain',
  webp: 'image/webp',
  woff2: 'font/woff2',
  zip: 'application/zip',
};

/** The media type that the ending of a file name stands for; `application/octet-stream` for others. */
export const mediaTypeOf = (name: string): string =>
  BY_ENDING[/\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? 'application/octet-stream';
