import { Problem } from '../../model/problem.ts';
import type { PdfDocument } from './document.ts';
import { text } from './syntax.ts';

const PRODUCER = 'Platen';
const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

type Stamp = { readonly pdf: string; readonly xmp: string };

/** The date in the two spellings of a PDF. Throws Problem 'pdf.date' unless it is ISO 8601 to the second with a zone. */
export const stampOf = (date: string): Stamp => {
  const [whole, year, month, day, hour, minute, second, zone] = ISO.exec(date) ?? [];
  if (whole === undefined || zone === undefined || Number.isNaN(Date.parse(date)))
    throw new Problem('pdf.date', `expected an ISO date such as 2026-03-01T12:00:00Z for a PDF, got ${date}`);
  const offset = zone === 'Z' ? '+00:00' : zone;
  return {
    pdf: `D:${year}${month}${day}${hour}${minute}${second}${offset.replace(':', "'")}'`,
    xmp: `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`,
  };
};

export const infoDictionary = ({ title, creator, date }: PdfDocument): string => {
  const { pdf } = stampOf(date);
  return `<< /Title ${text(title)} /Creator ${text(creator)} /Producer ${text(PRODUCER)} /CreationDate (${pdf}) /ModDate (${pdf}) /Trapped /False >>`;
};

const escaped = (value: string): string =>
  value
    .replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');

const uuidOf = (hex: string): string =>
  `uuid:${[hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')}`;

/** The XMP packet that names the file as PDF/X-4; `digest` (hex sha256 of the content) gives the ids. */
export const xmpPacket = ({ title, creator, date }: PdfDocument, digest: string): Uint8Array => {
  const { xmp } = stampOf(date);
  const id = uuidOf(digest);
  return Buffer.from(
    `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>${xmp}</xmp:CreateDate>
<xmp:ModifyDate>${xmp}</xmp:ModifyDate>
<xmp:MetadataDate>${xmp}</xmp:MetadataDate>
<xmp:CreatorTool>${escaped(creator)}</xmp:CreatorTool>
<xmpMM:DocumentID>${id}</xmpMM:DocumentID>
<xmpMM:InstanceID>${id}</xmpMM:InstanceID>
<xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Producer>${PRODUCER}</pdf:Producer>
<pdf:Trapped>False</pdf:Trapped>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
`,
    'utf8',
  );
};
