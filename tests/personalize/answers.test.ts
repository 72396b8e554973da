import { describe, expect, it } from 'vitest';
import { answerTo } from './fill.ts';

const text = (more: object = {}) => ({ kind: 'text', ...more });

describe('a text', () => {
  it('is trimmed, composed and kept on one line', () => {
    expect(answerTo(text(), '  Ame\u0301lie\r\nPoulain ').value).toBe('Amélie Poulain');
  });

  it('counts its length as people do', () => {
    expect(answerTo(text({ maxLength: 1 }), '👩‍👩‍👧').codes).toEqual([]);
    expect(answerTo(text({ maxLength: 3 }), 'กำลัง').codes).toEqual([]);
    const { findings } = answerTo(text({ maxLength: 3 }), 'Anna');
    expect(findings[0]).toMatchObject({ code: 'answer.too-long', severity: 'error', pointer: '/it', measured: 4, required: 3 });
    expect(answerTo(text({ minLength: 2 }), 'A').codes).toEqual(['answer.too-short']);
  });

  it('tells every limit it breaks at once, with the label', () => {
    const { codes, messages } = answerTo(text({ maxLength: 5, characters: 'digits', words: { max: 1 } }), 'one two three');
    expect(codes.sort()).toEqual(['answer.characters', 'answer.too-long', 'answer.words']);
    expect(messages.every((message) => message.startsWith('It: '))).toBe(true);
  });

  it('speaks the language of the order', () => {
    expect(answerTo(text({ maxLength: 3 }), 'Anna', { language: 'de-AT' }).messages).toEqual(['Es: höchstens 3 Zeichen, das sind 4.']);
    expect(answerTo(text(), '', { language: 'sw' }).messages).toEqual(['It: please fill this in.']);
  });

  it.each([
    ['letters', 'Łukasz Ünal', 'R2'],
    ['digits', '007', '٣'],
    ['letters-digits', 'R2 D2', 'R2-D2'],
    ['latin', 'Zoë & Co. (2)', 'Анна'],
    ['ascii', 'Hi! #1', 'Zoë'],
    ['name', "Jean-Luc O'Neil Jr.", 'J@ne'],
    [{ only: 'a-f0-9-' }, 'ab-09', 'abg'],
    ['any', 'ж漢🎉', null],
  ])('of characters %j takes %j and refuses %j', (characters, good, bad) => {
    expect(answerTo(text({ characters }), good).value).toBe(good);
    if (bad !== null) expect(answerTo(text({ characters }), bad).codes).toEqual(['answer.characters']);
  });

  it('names the characters it refuses, invisible ones by their code point', () => {
    expect(answerTo(text({ characters: 'ascii' }), 'a\u200bé').findings[0]?.measured).toBe('U+200B é');
  });

  it('leaves out what cannot be printed, and says so', () => {
    const { value, findings } = answerTo(text(), 'A\u0000n\u202en\u{1F600}a\ud800');
    expect(value).toBe('Ann\u{1F600}a');
    expect(findings).toMatchObject([{ severity: 'warning', code: 'answer.characters' }]);
  });

  it('keeps compatibility ideographs apart from the common ones', () => {
    expect(answerTo(text(), '\ufa19e\u0301').value).toBe('\ufa19é');
  });

  it.each([
    ['upper', 'istanbul', 'tr', 'İSTANBUL'],
    ['upper', 'straße', 'de', 'STRASSE'],
    ['lower', 'ANNA', 'en', 'anna'],
    ['title', "mary-jane o'neil McDonald", 'en', "Mary-Jane O'neil McDonald"],
  ])('is put into %s case after its language', (how, raw, language, expected) => {
    expect(answerTo(text({ case: how }), raw, { language }).value).toBe(expected);
  });

  it('counts words', () => {
    expect(answerTo(text({ words: { min: 2, max: 3 } }), 'one').codes).toEqual(['answer.words']);
    expect(answerTo(text({ words: { min: 2, max: 3 } }), 'one  two').codes).toEqual([]);
  });

  it('takes numbers and booleans as their text, and nothing else', () => {
    expect(answerTo(text(), 7).value).toBe('7');
    expect(answerTo(text(), { toString: 1 }).codes).toEqual(['answer.characters']);
    expect(answerTo(text(), ['a']).codes).toEqual(['answer.characters']);
  });

  it('that is missing is an error only when it is required', () => {
    expect(answerTo(text(), undefined).codes).toEqual(['answer.missing']);
    expect(answerTo(text(), '  ').codes).toEqual(['answer.missing']);
    expect(answerTo(text(), '\u200e\u202e').codes).toContain('answer.characters');
    expect(answerTo(text({ required: false }), null).codes).toEqual([]);
    expect(answerTo(text({ default: 'x' }), undefined).value).toBe('x');
    expect(answerTo(text({ default: '{{name}}' }), undefined, { name: 'Ana' }).value).toBe('Ana');
    expect(answerTo(text({ default: '{{name}}' }), undefined).codes).toEqual(['answer.missing']);
  });
});

describe('a number on a jersey', () => {
  const all = [...Array.from({ length: 1000 }, (_, i) => String(i)), '00', '07', '000', '1a', '٣'];
  const allowed = (numbers: string) => all.filter((one) => answerTo(text({ numbers }), one).codes.length === 0);
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

  it.each([
    ['any', [...range(0, 99), '00', '07']],
    ['football-1-99', range(1, 99)],
    ['nfhs-basketball', [...range(0, 5), ...range(10, 15), ...range(20, 25), ...range(30, 35), ...range(40, 45), ...range(50, 55), '00']],
    ['ncaa-basketball', [...range(0, 99), '00']],
    ['fiba-basketball', [...range(0, 99), '00']],
    ['0-99', range(0, 99)],
    ['1-99', range(1, 99)],
    ['0-999', range(0, 999)],
  ])('after the rules %s is one of that set', (rules, expected) => {
    expect(allowed(rules)).toEqual(expected);
  });

  it('keeps its leading zeros and says what is allowed', () => {
    expect(answerTo(text({ numbers: 'any' }), '07').value).toBe('07');
    expect(answerTo(text({ numbers: 'nfhs-basketball' }), '16').findings[0]).toMatchObject({ code: 'answer.number-rule', measured: '16' });
  });
});

describe('a long text', () => {
  it('keeps its lines without empty ones at its ends', () => {
    expect(answerTo({ kind: 'long-text' }, '\n\nDear Ana, \r\n\r\n\tsee you\u2028soon\n').value).toBe('Dear Ana,\n\n see you\nsoon');
  });

  it('is held to its lines and its length', () => {
    expect(answerTo({ kind: 'long-text', maxLines: 2 }, 'a\nb\nc').codes).toEqual(['answer.too-long']);
    expect(answerTo({ kind: 'long-text', maxLength: 4 }, 'a\nb\nc').codes).toEqual(['answer.too-long']);
  });

  it('of millions of characters is refused without being cut into them', () => {
    expect(answerTo({ kind: 'long-text' }, 'x'.repeat(5_000_000)).codes).toEqual(['answer.too-long']);
  });
});

describe('a number', () => {
  const number = (more: object = {}) => ({ kind: 'number', ...more });

  it.each([
    [12.5, 12.5],
    ['12.5', 12.5],
    [' 12,5 ', 12.5],
    ['-3', -3],
  ])('%j is %j', (raw, value) => {
    expect(answerTo(number(), raw).value).toBe(value);
  });

  it.each(['twelve', '1,234', '0x10', Number.NaN, Number.POSITIVE_INFINITY, '1e3', {}])('%j is none', (raw) => {
    expect(answerTo(number(), raw).codes).toEqual(['answer.number']);
  });

  it('keeps to its limits and its step', () => {
    const field = number({ min: 1, max: 2, step: 0.1 });
    expect(answerTo(field, 1.3).codes).toEqual([]);
    for (const wrong of [0.9, 2.1, 1.25]) expect(answerTo(field, wrong).codes).toEqual(['answer.number']);
  });
});

describe('a date', () => {
  it('is a day of the calendar', () => {
    expect(answerTo({ kind: 'date' }, '2024-02-29T10:00:00Z').value).toBe('2024-02-29');
    for (const wrong of ['2023-02-29', '2024-13-01', '31.12.2024', 20240101, '2024-1-1'])
      expect(answerTo({ kind: 'date' }, wrong).codes).toEqual(['answer.date']);
  });

  it('keeps to its limits', () => {
    const field = { kind: 'date', min: '2024-01-01', max: '2024-12-31' };
    expect(answerTo(field, '2024-12-31').codes).toEqual([]);
    expect(answerTo(field, '2023-12-31').findings[0]?.required).toBe('2024-01-01');
    expect(answerTo(field, '2025-01-01').codes).toEqual(['answer.date']);
  });
});

describe('a yes or no', () => {
  it('is what forms send', () => {
    for (const yes of [true, 'on', 'Yes', '1', 'ja']) expect(answerTo({ kind: 'boolean' }, yes).value).toBe(true);
    for (const no of [false, 'off', 'No', '0', 'nein']) expect(answerTo({ kind: 'boolean' }, no).value).toBe(false);
    expect(answerTo({ kind: 'boolean' }, 'perhaps').codes).toEqual(['answer.not-offered']);
  });
});

describe('a choice', () => {
  const options = [
    { id: 'red-01', label: { en: 'Red', de: 'Rot' } },
    { id: 'blue-02', label: 'Blue' },
  ];
  const one = { kind: 'choice', options };
  const many = { kind: 'choice', options, many: { min: 1, max: 2 } };

  it('is found by its id or by the name that people read', () => {
    for (const name of ['red-01', 'RED-01', ' red ', 'Rot']) expect(answerTo(one, name).value).toBe('red-01');
    expect(answerTo(one, 'red-02').findings[0]).toMatchObject({ code: 'answer.not-offered', hint: 'did you mean "red-01"?' });
  });

  it('of several is a list, each once, however it was sent', () => {
    for (const list of [['Blue', 'red-01', 'blue-02'], '["blue-02","red-01"]', 'blue-02, Red', 'Blue;red-01'])
      expect(answerTo(many, list).value).toEqual(['blue-02', 'red-01']);
    expect(answerTo({ ...many, many: { max: 1 } }, ['Blue', 'Red']).codes).toEqual(['answer.too-many']);
    expect(answerTo({ ...many, many: { min: 2 } }, ['Blue']).codes).toEqual(['answer.too-few']);
    expect(answerTo(many, ['Blue', 'pink']).codes).toEqual(['answer.not-offered']);
    expect(answerTo(many, []).codes).toEqual(['answer.missing']);
  });
});

describe('a colour', () => {
  it('is one of its options, a swatch, or any where any will do', () => {
    const options = { kind: 'colour', options: [{ id: 'sky', colour: '#aaccff' }] };
    expect(answerTo(options, '#ACF').value).toBe('sky');
    expect(answerTo(options, '#123456').codes).toEqual(['answer.not-offered']);
    expect(answerTo({ ...options, any: true }, '#FA0').value).toBe('#ffaa00');
    expect(answerTo({ kind: 'colour', palette: 'foils', swatches: ['gold'] }, 'Gold').value).toBe('gold');
    expect(answerTo({ kind: 'colour', palette: 'foils', swatches: ['gold'] }, 'silver').codes).toEqual(['answer.not-offered']);
  });
});

describe('a monogram', () => {
  const field = { kind: 'monogram', letters: { min: 2, max: 3 } };

  it('is its letters, raised, however they were typed', () => {
    for (const raw of ['a.m.s.', 'A M S', 'ams', ['A', 'm', 'S'], 'A & M & S']) expect(answerTo(field, raw).value).toBe('AMS');
    expect(answerTo(field, 'éß', { language: 'de' }).value).toBe('ÉSS');
    expect(answerTo(field, 'ij', { language: 'tr' }).value).toBe('İJ');
  });

  it('keeps to its letters', () => {
    expect(answerTo(field, 'A').codes).toEqual(['answer.too-short']);
    expect(answerTo(field, 'ABCD').codes).toEqual(['answer.too-long']);
    expect(answerTo(field, 'A1').codes).toEqual(['answer.characters']);
  });
});

describe('a photo', () => {
  const field = { kind: 'photo', print: { width: 100, height: 50, minDpi: 254 } };

  it('is a source, or a source with how it is laid in', () => {
    expect(answerTo(field, 'asset:a.jpg').value).toBe('asset:a.jpg');
    const photo = { source: 'asset:a.jpg', crop: { x: 0.1, y: 0, width: 0.5, height: 1 }, turn: 90, widthPx: 4000, heightPx: 3000 };
    expect(answerTo(field, photo).value).toEqual(photo);
    for (const wrong of [7, {}, { source: '' }, { source: 'a', crop: { x: 0.9, y: 0, width: 0.5, height: 1 } }, { source: 'a', script: 1 }])
      expect(answerTo(field, wrong).codes).toEqual(['answer.not-offered']);
  });

  it('of too few pixels is refused, counting its crop and its turn', () => {
    const sized = (more: object) => answerTo(field, { source: 'a', widthPx: 1000, heightPx: 500, ...more });
    expect(sized({}).codes).toEqual([]);
    expect(sized({ turn: 90 }).codes).toEqual(['answer.photo-small']);
    expect(sized({ crop: { x: 0, y: 0, width: 0.5, height: 1 } }).findings[0]).toMatchObject({
      measured: '500 × 500',
      required: '1000 × 500',
      unit: 'px',
    });
  });

  it('may be one of several, by list or by lines', () => {
    const several = { kind: 'photos', min: 2, max: 3 };
    expect(answerTo(several, 'a.jpg\nb.jpg').value).toEqual(['a.jpg', 'b.jpg']);
    expect(answerTo(several, '["a.jpg", {"source": "b.jpg"}]').value).toEqual(['a.jpg', 'b.jpg']);
    expect(answerTo(several, ['a']).codes).toEqual(['answer.too-few']);
    expect(answerTo(several, ['a', 'b', 'c', 'd']).codes).toEqual(['answer.too-many']);
    expect(answerTo(several, ['a', 7]).codes).toEqual(['answer.not-offered']);
  });
});

describe('what the product offers', () => {
  it('can be chosen by fields of its own, within what the field leaves', () => {
    expect(answerTo({ kind: 'variant', option: 'size' }, 'Large').spec?.variant).toEqual({ size: 'l' });
    expect(answerTo({ kind: 'variant', option: 'size', only: ['s'] }, 'l').codes).toEqual(['answer.not-offered']);
    expect(answerTo({ kind: 'component', component: 'edge', choose: 'colour' }, 'Ink').spec?.components).toEqual({
      edge: { colour: 'ink' },
    });
    expect(answerTo({ kind: 'component', component: 'edge', choose: 'colour' }, '#00ff00').codes).toEqual(['answer.not-offered']);
    expect(answerTo({ kind: 'component', component: 'cord', choose: 'colour' }, '#0F0').spec?.components).toEqual({
      cord: { colour: '#00ff00' },
    });
    expect(answerTo({ kind: 'component', component: 'edge', choose: 'material' }, 'mesh').spec?.components).toEqual({
      edge: { material: 'mesh' },
    });
    expect(answerTo({ kind: 'product', only: ['card'] }, 'card').spec?.product).toBe('card');
    expect(answerTo({ kind: 'product', only: ['card'] }, 'mug').codes).toEqual(['answer.not-offered']);
  });
});
