import { createRequire } from 'node:module';

/** A reader of DXF that others wrote. What the package exports is the class itself, whatever its types say. */
export const DxfParser: typeof import('dxf-parser').DxfParser = createRequire(import.meta.url)('dxf-parser');
