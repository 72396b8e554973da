import { seeded } from './seeded.mjs';

// Syllables and letters that names are put together from; the names are made up, but shape as real ones do.
const LATIN = {
  first: ['An', 'Bea', 'Cla', 'Dó', 'Eli', 'Fre', 'Giu', 'Hán', 'Iñ', 'Jo', 'Kås', 'Łu', 'Ma', 'Nói', 'Öz', 'Pé', 'Ru', 'Sø', 'Tế', 'Val'],
  next: ['na', 'ro', 'vi', 'ffa', 'le', 'ška', 'tto', 'rie', 'nçe', 'fi', 'ya', 'sha', 'lü', 'we'],
  last: ['AVERY', 'O’Toole', 'Tyler', 'Wójcik', 'Ångström', 'Nguyễn', 'Fjord', 'Yılmaz', 'Vogel', 'Tolkien'],
};
const ARABIC = {
  first: ['محمد', 'فاطمة', 'عبد', 'خديجة', 'يوسف', 'مريم', 'لؤي', 'زينب', 'إبراهيم', 'نور'],
  next: ['الله', 'الرحمن', 'الدين', 'الزهراء', 'بنت', 'بن', 'أبو', 'أم', 'السلام'],
  letters: [...'بتثجحخدذرزسشصضطظعغفقكلمنهوي'],
};
const DEVANAGARI = {
  first: ['प्रिया', 'विक्रम', 'लक्ष्मी', 'श्रीमती', 'कृष्ण', 'अर्जुन', 'ज्ञानेश', 'ऋत्विक', 'स्मृति', 'निर्मला'],
  consonants: [...'कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह'],
  signs: ['', '', 'ा', 'ि', 'ी', 'ु', 'ू', 'े', 'ै', 'ो', 'ं'],
};
const KANJI = '佐藤鈴木高橋田中渡辺伊藤山本中村小林加藤吉田山口松井上清水林阿部森池橋石川前岡長谷近後坂遠青西福三岩原';
const GIVEN = '翔太健一美咲陽菜結衣大輝葵蓮悠真凛花子優奈海斗直樹恵子和彦千夏桜';

const pick = (list, random) => list[Math.floor(random() * list.length)];

const times = (length, make) => Array.from({ length }, make).join('');

const word = (parts, random) => pick(parts.first, random) + times(1 + Math.floor(random() * 3), () => pick(parts.next, random));

/** An article, four letters and the ending of a family name: how they join is what costs. */
const family = (random) => `ال${times(4, () => pick(ARABIC.letters, random))}ي`;

/** A consonant or two joined by a virama, and a vowel sign. */
const syllable = (random) => {
  const joined = random() < 0.3 ? `${pick(DEVANAGARI.consonants, random)}\u094D` : '';
  return joined + pick(DEVANAGARI.consonants, random) + pick(DEVANAGARI.signs, random);
};

const MAKERS = {
  Latin: (random) => `${word(LATIN, random)} ${pick(LATIN.last, random)}`,
  Arabic: (random) => `${pick(ARABIC.first, random)} ${pick(ARABIC.next, random)} ${family(random)}`,
  Devanagari: (random) => `${pick(DEVANAGARI.first, random)} ${times(2 + Math.floor(random() * 3), () => syllable(random))}`,
  CJK: (random) => pick([...KANJI], random) + pick([...KANJI], random) + pick([...GIVEN], random) + pick([...GIVEN], random),
};

/** Scripts with the share of 1,000 names each takes and the bundled font they are set in. */
export const SCRIPTS = {
  Latin: { count: 550, family: 'Open Sans', script: 'Latn', direction: 'ltr' },
  Arabic: { count: 180, family: 'Noto Naskh Arabic', script: 'Arab', direction: 'rtl' },
  Devanagari: { count: 150, family: 'Noto Sans Devanagari', script: 'Deva', direction: 'ltr' },
  CJK: { count: 120, family: 'Noto Sans JP', script: 'Hani', direction: 'ltr' },
};

/** Names of one script; another `round` gives others, so that no cache of whole names can help. */
export const namesOf = (script, round) => {
  const random = seeded(1000 * (round + 10) + Object.keys(SCRIPTS).indexOf(script));
  return Array.from({ length: SCRIPTS[script].count }, () => MAKERS[script](random));
};
