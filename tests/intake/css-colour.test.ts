import { describe, expect, it } from 'vitest';
import { parseCssColour } from '../../src/intake/svg/css-colour.ts';

describe('parseCssColour', () => {
  it.each([
    ['#f80', '#ff8800', 1],
    ['#F808', '#ff8800', 0x88 / 255],
    ['#12345678', '#123456', 0x78 / 255],
    ['RebeccaPurple', '#663399', 1],
    ['yellowgreen', '#9acd32', 1],
    ['transparent', '#000000', 0],
    ['rgb(255, 128, 0)', '#ff8000', 1],
    ['rgb(100% 50% 0% / 25%)', '#ff8000', 0.25],
    ['rgba(300,-5,0,.5)', '#ff0000', 0.5],
    ['hsl(210, 50%, 40%)', '#336699', 1],
    ['hsla(-150deg 50% 40% / .2)', '#336699', 0.2],
    ['#336699 icc-color(press, 0, 1)', '#336699', 1],
  ])('reads %s', (text, hex, opacity) => {
    const colour = parseCssColour(text);
    expect(colour?.hex).toBe(hex);
    expect(colour?.opacity).toBeCloseTo(opacity, 9);
  });

  it.each(['', '#12', '#1234567', 'blurple', 'rgb(1,2)', 'rgb(a,b,c)', 'url(#a)', 'constructor', 'rgb(1 2 3'])('refuses %j', (text) => {
    expect(parseCssColour(text)).toBeNull();
  });
});
