import { ByteView } from '../byte-view.ts';
import { exifOrientation } from './exif-orientation.ts';
import { type ImageHeader, joinBytes } from './image-header.ts';

/** Facts that only a JPEG has. */
export type JpegHeader = ImageHeader & {
  readonly format: 'jpeg';
  readonly components: number;
  readonly precision: number;
  readonly arithmetic: boolean;
  readonly adobe: boolean;
  /** Three components that a reader without our knowledge would take for YCbCr but are RGB: told by their ids alone. */
  readonly rgbById: boolean;
};

/** Real progressive files have about ten scans; each scan of a bomb costs a full pass over the picture. */
const MAX_SCANS = 64;

type Segment = { readonly marker: number; readonly at: number; readonly end: number };

const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const SOS = 0xda;
const EOI = 0xd9;
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const isKept = (marker: number): boolean => !(marker >= APP0 && marker <= 0xef) && marker !== 0xfe;

/** The index just behind a scan's entropy-coded data: at the next marker that is neither stuffing nor a restart. */
const endOfScan = (bytes: Uint8Array, from: number): number => {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw new RangeError('expected an end-of-image marker, got the end of the data');
};

/** Segments from SOI to EOI; the scan data belongs to its SOS segment. */
const segmentsOf = (view: ByteView): Segment[] => {
  const segments: Segment[] = [];
  let scans = 0;
  let at = 2;
  while (true) {
    if (view.u8(at) !== 0xff) throw new RangeError(`expected a marker at byte ${at}`);
    const marker = view.u8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return segments;
    const end = at + 2 + view.u16(at + 2);
    view.slice(at, end - at);
    if (marker === SOS) {
      scans += 1;
      if (scans > MAX_SCANS) throw new RangeError(`expected at most ${MAX_SCANS} scans, got more`);
    }
    const segment = { marker, at, end: marker === SOS ? endOfScan(view.bytes, end) : end };
    segments.push(segment);
    at = segment.end;
  }
};

/** ICC profiles over 64 kB come in numbered pieces (ICC.1, annex B.4); a missing or doubled piece gives an empty, thus invalid, profile. */
const profileOf = (view: ByteView, segments: readonly Segment[]): Uint8Array | null => {
  const pieces = segments
    .filter(({ marker, at, end }) => marker === APP2 && end - at >= 18 && view.text(at + 4, 12) === 'ICC_PROFILE\0')
    .map(({ at, end }) => ({ number: view.u8(at + 16), of: view.u8(at + 17), body: view.slice(at + 18, end - at - 18) }));
  if (pieces.length === 0) return null;
  pieces.sort((a, b) => a.number - b.number);
  const whole = pieces.every(({ number, of }, i) => number === i + 1 && of === pieces.length);
  return whole ? joinBytes(pieces.map(({ body }) => body)) : new Uint8Array(0);
};

const orientationOf = (view: ByteView, segments: readonly Segment[]): number => {
  const exif = segments.find(({ marker, at, end }) => marker === APP1 && end - at >= 10 && view.text(at + 4, 6) === 'Exif\0\0');
  return exif ? exifOrientation(view.slice(exif.at + 10, exif.end - exif.at - 10)) : 1;
};

const isIcc = (view: ByteView, { marker, at, end }: Segment): boolean =>
  marker === APP2 && end - at >= 18 && view.text(at + 4, 12) === 'ICC_PROFILE\0';

const isAdobe = (view: ByteView, { marker, at, end }: Segment): boolean =>
  marker === APP14 && end - at >= 16 && view.text(at + 4, 5) === 'Adobe';

/** JPEG (ITU-T T.81): walks all segments to EOI. Throws RangeError when cut off, without a frame, or with more scans than a real file has. */
export const readJpegHeader = (bytes: Uint8Array): JpegHeader => {
  const view = new ByteView(bytes);
  const segments = segmentsOf(view);
  const frames = segments.filter(({ marker }) => isFrame(marker));
  const frame = frames[0];
  if (!frame || frames.length > 1) throw new RangeError(`expected one frame header, got ${frames.length}`);
  if (!segments.some(({ marker }) => marker === SOS)) throw new RangeError('expected a scan, got none');
  const components = view.u8(frame.at + 9);
  const adobe = segments.some((segment) => isAdobe(view, segment));
  return {
    format: 'jpeg',
    widthPx: view.u16(frame.at + 7),
    heightPx: view.u16(frame.at + 5),
    frames: 1,
    orientation: orientationOf(view, segments),
    icc: profileOf(view, segments),
    model: components === 1 ? 'grey' : components === 4 ? 'cmyk' : 'rgb',
    components,
    precision: view.u8(frame.at + 4),
    arithmetic: frame.marker >= 0xc9,
    adobe,
    rgbById: !adobe && !segments.some((segment) => isJfif(view, segment)) && components === 3 && view.u8(frame.at + 10) === 0x52,
    clean: (keepIcc) =>
      joinBytes([
        bytes.subarray(0, 2),
        ...segments
          .filter(
            (segment) => isKept(segment.marker) || isAdobe(view, segment) || isJfif(view, segment) || (keepIcc && isIcc(view, segment)),
          )
          .map(({ at, end }) => bytes.subarray(at, end)),
        Uint8Array.of(0xff, EOI),
      ]),
  };
};

/** Kept: with it, three components are YCbCr whatever their ids say. */
const isJfif = (view: ByteView, { marker, at, end }: Segment): boolean =>
  marker === APP0 && end - at === 18 && view.text(at + 4, 5) === 'JFIF\0';
