// Writes fonts/index.json from the font files, their licence texts and fonts/families.json.
// Usage: node scripts/index-fonts.mjs [folder]          write the index (folder: fonts/ of this project when left out)
//        node scripts/index-fonts.mjs [folder] --print  print it instead
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Blob, Face } from 'harfbuzzjs';

const [FOLDER] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const FONTS = FOLDER ?? fileURLToPath(new URL('../fonts/', import.meta.url));

/** What names a Latin face can spell: both cases of every letter must be there. */
const LATIN_SAMPLES = {
  basic: 'abcdefghijklmnopqrstuvwxyz',
  western: 'àáâãäåæçèéêëìíîïñòóôõöøœùúûüÿ',
  central: 'ąćčďęěłńňőřśšťůűźżž',
  turkish: 'çğıİöşü',
  vietnamese: 'ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ',
};

/** Inclusive code point ranges, or a string of characters, that a face must all have to count as covering the script. */
const SCRIPT_SAMPLES = {
  Arab: [[0x621, 0x63a], [0x641, 0x652], 'پچژگ،؟٠١٢٣٤٥٦٧٨٩'],
  Cyrl: [[0x410, 0x44f], 'ЁёІіЇїЄєҐґ'],
  Deva: [[0x905, 0x90b], [0x90f, 0x910], [0x913, 0x928], [0x92a, 0x930], [0x935, 0x939], [0x93e, 0x943], '्ंःँ०१२३४५६७८९'],
  Grek: [[0x391, 0x3a1], [0x3a3, 0x3a9], [0x3b1, 0x3c9], 'ΆΈΉΊΌΎΏάέήίόύώϊϋ'],
  Hang: [
    '가나다라마바사아자차카타파하김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노곽성차주우구민진지은수현영준서연하윤도',
  ],
  Hans: ['的一是不了人我在有他这为之大来以个中上们国说时要就出会可也你对生能而子那得于着下自之年过发后作里爱张王李赵陈刘杨黄龙马凤'],
  Hant: ['的一是不了人我在有他這為之大來以個中上們國說時要就出會可也你對生能而子那得於著下自年過發後作裡愛張王李趙陳劉楊黃龍馬鳳'],
  Hebr: [[0x5d0, 0x5ea]],
  Hira: [[0x3041, 0x3093]],
  Jpan: [
    [0x3041, 0x3093],
    [0x30a1, 0x30f6],
    '日本人大年会国中事出者自社場方間部見東京都名前佐藤鈴木高橋田中伊渡辺山村小林加愛優結美咲翔陽翼龍桜',
  ],
  Kana: [[0x30a1, 0x30f6]],
  Latn: [[0x41, 0x5a], [0x61, 0x7a], [0x30, 0x39], "&.,-'"],
  Thai: [
    [0xe01, 0xe3a],
    [0xe40, 0xe4e],
  ],
  Zsye: ['😀👍🏽👩🚀🎉🐶🍕⚽🚗🇸🇪🏠💯🔥'],
};

const expand = (parts) =>
  parts.flatMap((part) =>
    typeof part === 'string'
      ? [...part].map((char) => char.codePointAt(0))
      : Array.from({ length: part[1] - part[0] + 1 }, (_, at) => part[0] + at),
  );

const scriptsOf = (covered) =>
  Object.keys(SCRIPT_SAMPLES).filter((script) => expand(SCRIPT_SAMPLES[script]).every((point) => covered.has(point)));

const latinOf = (covered) =>
  Object.keys(LATIN_SAMPLES).filter((level) =>
    [...LATIN_SAMPLES[level]].every((char) => covered.has(char.codePointAt(0)) && covered.has(char.toUpperCase().codePointAt(0))),
  );

/** Names quoted (or set as capitalised words) after "with Reserved Font Name" in the copyright lines on top of a licence text. */
const reservedNamesIn = (licence) => {
  const notice = licence.slice(0, licence.search(/This Font Software is licensed/i)).replace(/\s+/g, ' ');
  const claim = /with Reserved Font Names? (.+)$/i.exec(notice)?.[1];
  if (claim === undefined) return [];
  const quoted = [...claim.matchAll(/["'‘“]([^"'’”]+)["'’”]/g)].map((match) => match[1]);
  return quoted.length > 0 ? quoted : [claim.trim().replace(/\.$/, '')];
};

const nameOf = (face, ...ids) => {
  for (const id of ids) {
    const name = face.getName(id, 'en');
    if (name !== '') return name;
  }
  return '';
};

const embeddingOf = (fsType) => {
  if ((fsType & 0x2) !== 0) return 'restricted';
  if ((fsType & 0x4) !== 0) return 'preview-print';
  return (fsType & 0x8) === 0 ? 'installable' : 'editable';
};

const colourOf = (face) => {
  if (face.hasColorPaint()) return 'colr-v1';
  if (face.hasColorLayers()) return 'colr-v0';
  return face.hasColorPng() ? 'png' : 'none';
};

const axesOf = (face) =>
  Object.values(face.getAxisInfos())
    .map(({ tag, min, default: preset, max }) => ({ tag, min, default: preset, max }))
    .sort((a, b) => (a.tag < b.tag ? -1 : 1));

const describe = async (slug, file, about) => {
  const bytes = await readFile(join(FONTS, slug, file));
  const face = new Face(new Blob(bytes));
  const covered = new Set(face.collectUnicodes());
  const licenceFile = `${slug}/${about.licenceFile ?? 'OFL.txt'}`;
  // The table is a window on memory that moves when a later call grows it, so it is copied at once.
  const os2 = new DataView(face.referenceTable('OS/2').slice().buffer);
  return {
    family: about.family ?? nameOf(face, 16, 1),
    style: nameOf(face, 17, 2),
    weight: os2.getUint16(4),
    italic: (os2.getUint16(62) & 1) === 1,
    file: `${slug}/${file}`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    bytes: bytes.length,
    licence: about.licence ?? 'OFL-1.1',
    licenceFile,
    reservedNames: reservedNamesIn(await readFile(join(FONTS, licenceFile), 'utf8')),
    category: about.category,
    scripts: scriptsOf(covered),
    latin: latinOf(covered),
    axes: axesOf(face),
    unitsPerEm: face.upem,
    embedding: embeddingOf(os2.getUint16(8)),
    colour: colourOf(face),
  };
};

const familyFolders = async () =>
  (await readdir(FONTS, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();

const buildIndex = async () => {
  const families = JSON.parse(await readFile(join(FONTS, 'families.json'), 'utf8'));
  const faces = [];
  for (const slug of await familyFolders()) {
    const about = families[slug];
    if (about === undefined) throw new Error(`expected an entry for ${slug} in families.json, got none`);
    for (const file of (await readdir(join(FONTS, slug))).sort()) if (/\.[ot]tf$/.test(file)) faces.push(await describe(slug, file, about));
  }
  // One face per line: a changed font is one changed line.
  const lines = faces.sort((a, b) => (a.file < b.file ? -1 : 1)).map((face) => JSON.stringify(face));
  return `{"version":1,"faces":[\n${lines.join(',\n')}\n]}\n`;
};

const text = await buildIndex();
if (process.argv.includes('--print')) process.stdout.write(text);
else await writeFile(join(FONTS, 'index.json'), text);
