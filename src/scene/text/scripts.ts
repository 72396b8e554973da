/** ISO 15924 codes in order of preference where a character belongs to several scripts. */
const SCRIPTS = (
  'Latn Hani Hira Kana Hang Arab Hebr Cyrl Grek Deva Thai Beng Taml Telu Gujr Guru Knda Mlym Sinh Orya Khmr Laoo Mymr Tibt Geor Armn Ethi Mong Bopo Yiii Syrc Thaa ' +
  'Nkoo Adlm Cher Cans Copt Goth Ogam Runr Brai Tfng Vaii Olck Java Bali Sund Bugi Batk Lana Talu Tale Cham Kali Rjng Saur Mtei Lisu Plrd Limb Lepc Tglg Hano Buhd ' +
  'Tagb Sylo Phag Osge Rohg Hmnp Wcho Mand Samr Avst Sarb Phnx Armi Ugar Xpeo Xsux Egyp Linb Lina Cprt Dsrt Shaw Osma Glag Ital Perm Brah Khar Cakm Mahj Shrd Khoj ' +
  'Mult Sind Gran Newa Tirh Sidd Modi Takr Ahom Dogr Diak Nand Zanb Soyo Bhks Marc Gonm Maka Medf Bamu Mend Bass Hmng Aghb Elba Hatr Hung Lydi Lyci Cari Narb Nbat ' +
  'Palm Merc Mero Mani Phli Phlp Prti Orkh Sogd Sogo Elym Chrs Yezi Kits Tang Nshu Sora Toto Vith Cpmn Ougr Tnsa Nagm Kawi'
).split(' ');

/** The code for text of no script at all: digits, symbols, emoji. */
const COMMON_SCRIPT = 'Zyyy';

const LATIN: readonly string[] = ['Latn'];
const NEUTRAL = /[\p{Script_Extensions=Common}\p{Script_Extensions=Inherited}]/u;
const tests = SCRIPTS.map((code) => ({ code, test: new RegExp(`\\p{Script_Extensions=${code}}`, 'u') }));

const lookUp = (char: string): readonly string[] | null => {
  if (/^[A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F]/.test(char)) return LATIN;
  if (char <= '\u00BF' || NEUTRAL.test(char)) return null;
  const found = tests.filter(({ test }) => test.test(char)).map(({ code }) => code);
  return found.length > 0 ? found : null;
};

/** Characters looked up so far: asking for every script in turn takes longer than shaping the character does. */
const known = new Map<string, readonly string[] | null>();
const MAX_KNOWN = 20_000;

/** The scripts a character is used in (its Script_Extensions), most frequent first; null for one that takes after its neighbours. */
const scriptsOf = (char: string): readonly string[] | null => {
  let scripts = known.get(char);
  if (scripts === undefined) {
    scripts = lookUp(char);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(char, scripts);
  }
  return scripts;
};

/** Letters of these scripts join or hang from one line; space between them, or turning them one by one, tears the word. */
const JOINED = new Set(['Arab', 'Syrc', 'Mong', 'Nkoo', 'Adlm', 'Mand', 'Mani', 'Phag', 'Rohg', 'Sogd', 'Sogo', 'Chrs', 'Ougr']);
const HEADLINE = new Set(['Deva', 'Beng', 'Guru', 'Sylo', 'Shrd', 'Tirh', 'Newa', 'Modi', 'Nand']);

export const isJoined = (script: string): boolean => JOINED.has(script);

export const tearsWhenTurned = (script: string): boolean => JOINED.has(script) || HEADLINE.has(script);

const UPRIGHT = new Set(['Hani', 'Hira', 'Kana', 'Hang', 'Bopo', 'Yiii', 'Tang', 'Nshu', 'Kits', 'Egyp']);

/** Whether letters of this script keep standing upright when lines run from top to bottom (UAX 50, by script). */
export const standsUpright = (script: string): boolean => UPRIGHT.has(script);

const LATIN_ONLY = /^[\x20-\u024F]*$/;
const LATIN_LETTER = /[A-Za-z\u00C0-\u024F]/;

/**
 * One script code per UTF-16 unit (UAX 24): neutral characters take the script before them, at the start of the text
 * the one after; a character of several scripts takes the one its neighbours agree on.
 */
export const resolveScripts = (text: string): readonly string[] => {
  if (LATIN_ONLY.test(text)) return new Array<string>(text.length).fill(LATIN_LETTER.test(text) ? 'Latn' : COMMON_SCRIPT);
  const into = new Array<string>(text.length).fill(COMMON_SCRIPT);
  let candidates: readonly string[] | null = null;
  let start = 0;
  let at = 0;
  for (const char of text) {
    const own = scriptsOf(char);
    if (own !== null) {
      const held: readonly string[] | null = candidates;
      const shared: readonly string[] = held === null ? own : held.filter((code) => own.includes(code));
      if (held !== null && shared.length === 0) {
        into.fill(held[0] ?? COMMON_SCRIPT, start, at);
        start = at;
        candidates = own;
      } else candidates = shared;
    }
    at += char.length;
  }
  into.fill(candidates?.[0] ?? COMMON_SCRIPT, start, at);
  return into;
};
