import sharp from 'sharp';

/**
 * For a process that does nothing but read untrusted files: switches every picture loader off except PNG, JPEG, WebP and TIFF, keeps no
 * cache and uses one thread. It holds for the whole process and cannot be undone from outside it.
 */
export const lockDecoders = (): void => {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp', 'VipsForeignLoadTiff'] });
  sharp.cache(false);
  sharp.concurrency(1);
};
