import { type Rect, rectOf } from '../../geometry/point.ts';
import { ellipsePath, heartPath, roundedRectPath } from '../../geometry/shapes.ts';
import { layerSchema } from '../../model/layers.ts';
import type { ColourInput } from '../../model/paint.ts';
import { Problem } from '../../model/problem.ts';
import type { SongPlayerFields } from '../../model/special-layers.ts';
import type { TextFieldsInput } from '../../model/text-layer.ts';
import { photoNode } from '../photo.ts';
import type { SceneNode } from '../scene.ts';
import { filled } from '../special/draw.ts';
import { playSign, recordSign, skipSign } from '../special/player-signs.ts';
import { setText } from '../special/set-text.ts';
import { type ComposeContext, type Composed, joinComposed, NOTHING } from './context.ts';

type Look = {
  readonly ground: ColourInput | null;
  readonly ink: ColourInput;
  readonly muted: ColourInput;
  readonly accent: ColourInput;
  /** Of the bar that has not been played yet: thinner where no second colour may show it. */
  readonly rest: ColourInput;
};

const lookOf = ({ theme, fill, muted, accent, ground }: SongPlayerFields): Look => {
  if (theme === 'none') {
    const ink = fill ?? '#000000';
    return { ground: ground ?? null, ink, muted: muted ?? ink, accent: accent ?? ink, rest: muted ?? ink };
  }
  const dark = theme === 'dark';
  return {
    ground: ground ?? (dark ? '#17191f' : '#fbfaf7'),
    ink: fill ?? (dark ? '#f6f4ee' : '#1c1f26'),
    muted: muted ?? (dark ? '#a5a8b3' : '#6d717c'),
    accent: accent ?? (dark ? '#ff8f6b' : '#d6493a'),
    rest: muted ?? (dark ? '#4a4e5a' : '#d3d4d8'),
  };
};

type Player = { readonly layer: SongPlayerFields; readonly look: Look; readonly pointer: string; readonly context: ComposeContext };

/** A music player of nobody's make: cover, title, how far it has played, buttons, and a code that scanners read. */
export const composeSongPlayer = (layer: SongPlayerFields, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const player: Player = { layer, look: lookOf(layer), pointer, context };
  const { ground } = player.look;
  const side = Math.min(box.width, box.height);
  const pad = ground === null ? 0 : side * 0.07;
  const inner = rectOf(box.x + pad, box.y + pad, box.width - 2 * pad, box.height - 2 * pad);
  const card: readonly SceneNode[] = ground === null ? [] : [filled(roundedRectPath(box, side * 0.05), ground, pointer)];
  const parts = layer.layout === 'card' ? cardParts(inner, player) : wideParts(inner, player);
  return joinComposed([{ nodes: card, findings: [] }, ...parts]);
};

/** Height of the panel below a cover, in widths. */
const PANEL = 0.5;

const cardParts = (box: Rect, player: Player): readonly Composed[] => {
  const { layer } = player;
  const code = layer.code === undefined ? 0 : 0.34;
  const unit = Math.min(box.width, (box.height * 0.62) / (PANEL + code));
  const panelHeight = unit * (PANEL + code);
  const gap = unit * 0.06;
  const side = Math.min(box.width, box.height - panelHeight - gap);
  // What a long card has to spare goes between its parts.
  const spare = (box.height - panelHeight - gap - side) / 3;
  const cover = rectOf(box.x + (box.width - side) / 2, box.y + spare * 0.5, side, side);
  const top = box.y + box.height - panelHeight - spare * 0.5;
  const panel = rectOf(box.x, top, box.width, unit * PANEL);
  const square = unit * code * 0.88;
  const place = rectOf(box.x + (box.width - square) / 2, top + panelHeight - square, square, square);
  return [coverOf(cover, player), ...panelParts(panel, player), codeOf(place, player)];
};

const wideParts = (box: Rect, player: Player): readonly Composed[] => {
  const { layer } = player;
  const gap = Math.min(box.height * 0.09, box.width * 0.05);
  const side = layer.layout === 'bar' ? 0 : Math.min(box.height, box.width * (layer.code === undefined ? 0.42 : 0.36));
  const codeSide = layer.code === undefined ? 0 : Math.min(box.height, box.width * 0.2);
  const middle = box.y + box.height / 2;
  const cover = rectOf(box.x, middle - side / 2, side, side);
  const left = box.x + side + (side > 0 ? gap : 0);
  const right = box.x + box.width - codeSide - (codeSide > 0 ? gap : 0);
  const width = Math.max(right - left, 0.01);
  const height = Math.min(box.height, width * 0.62);
  const code = rectOf(box.x + box.width - codeSide, middle - codeSide / 2, codeSide, codeSide);
  return [
    layer.layout === 'bar' ? NOTHING : coverOf(cover, player),
    ...panelParts(rectOf(left, middle - height / 2, width, height), player),
    codeOf(code, player),
  ];
};

const coverOf = (box: Rect, { layer, look, pointer, context }: Player): Composed => {
  const at = `${pointer}/cover`;
  const clip = roundedRectPath(box, box.width * 0.035);
  if (layer.cover === undefined) {
    const { disc, label } = recordSign(box);
    return { nodes: [filled(disc, look.ink, pointer), filled(label, look.accent, pointer)], findings: [] };
  }
  const photo = photoNode(
    { source: layer.cover, fit: 'cover', focus: layer.focus, turn: layer.turn, adjust: [], ...(layer.crop ? { crop: layer.crop } : {}) },
    context.image(layer.cover),
    box,
    at,
  );
  const group: SceneNode = {
    kind: 'group',
    pointer: at,
    clip: { path: clip, fillRule: 'nonzero' },
    mask: null,
    opacity: 1,
    blend: 'normal',
    children: [photo],
  };
  return { nodes: [group], findings: [] };
};

/** Title, artist, bar, times and buttons; all in parts of the height. */
const panelParts = (box: Rect, player: Player): readonly Composed[] => {
  const { layer, look, pointer, context } = player;
  const high = layer.controls ? 1 : 0.72;
  const row = (from: number, height: number): Rect =>
    rectOf(box.x, box.y + (from / high) * box.height, box.width, (height / high) * box.height);
  const set = (text: TextFieldsInput, place: Rect, at: string): Composed => setText(text, place, context.fonts, `${pointer}/${at}`);
  const titleRow = row(0, 0.2);
  const heart = Math.min(titleRow.height * 0.72, box.width * 0.1);
  const room = rectOf(titleRow.x, titleRow.y, box.width - (layer.heart ? heart * 1.6 : 0), titleRow.height);
  const heartBox = rectOf(box.x + box.width - heart, titleRow.y + (titleRow.height - heart * 0.92) / 2, heart, heart * 0.92);
  const times = row(0.54, 0.1);
  const timeText = (text: string, align: 'left' | 'right', at: string): Composed =>
    set({ text, font: layer.artistFont, fill: look.muted, align, size: times.height * 0.92 }, times, at);
  return [
    set(
      {
        text: layer.title,
        font: layer.font,
        fill: look.ink,
        align: 'left',
        size: titleRow.height * 0.86,
        fit: { mode: 'wrap-shrink', maxLines: 2 },
      },
      room,
      'title',
    ),
    layer.heart ? { nodes: [filled(heartPath(heartBox), look.accent, pointer)], findings: [] } : NOTHING,
    set(
      { text: layer.artist, font: layer.artistFont, fill: look.muted, align: 'left', size: titleRow.height * 0.6 },
      row(0.23, 0.13),
      'artist',
    ),
    { nodes: barNodes(row(0.42, 0.09), player), findings: [] },
    timeText(shownTime(layer.elapsed), 'left', 'elapsed'),
    timeText(shownTime(layer.length), 'right', 'length'),
    layer.controls ? { nodes: buttonNodes(row(0.68, 0.32), player), findings: [] } : NOTHING,
  ];
};

const secondsOf = (time: string | number): number =>
  typeof time === 'number' ? time : time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

const shownTime = (time: string | number): string => {
  if (typeof time === 'string') return time;
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
};

/** @throws Problem `song.time` when more was played than there is */
const playedPart = ({ elapsed, length }: SongPlayerFields, pointer: string): number => {
  const [played, whole] = [secondsOf(elapsed), secondsOf(length)];
  if (played <= whole && whole > 0) return played / whole;
  throw new Problem('song.time', `expected a time played within the ${shownTime(length)} of the song, got ${shownTime(elapsed)}`, {
    pointer: `${pointer}/elapsed`,
    hint: 'correct the time played or the length',
  });
};

const barNodes = (box: Rect, { layer, look, pointer }: Player): readonly SceneNode[] => {
  const part = playedPart(layer, pointer);
  const knob = Math.min(box.height, box.width * 0.05);
  const line = knob * 0.34;
  const y = box.y + box.height / 2;
  const x = box.x + knob / 2 + (box.width - knob) * part;
  const bar = (from: number, to: number, width: number) =>
    roundedRectPath(rectOf(from, y - width / 2, Math.max(to - from, width), width), width / 2);
  const rest = look.rest === look.accent ? line * 0.4 : line;
  return [
    filled(bar(x, box.x + box.width, rest), look.rest, pointer),
    filled(bar(box.x, x, line), look.accent, pointer),
    filled(ellipsePath(rectOf(x - knob / 2, y - knob / 2, knob, knob)), look.accent, pointer),
  ];
};

const buttonNodes = (box: Rect, { look, pointer }: Player): readonly SceneNode[] => {
  const size = Math.min(box.height, box.width * 0.24);
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const skip = size * 0.4;
  const away = Math.min(box.width * 0.27, size * 1.5);
  const at = (x: number): Rect => rectOf(x - skip * 0.55, cy - skip / 2, skip * 1.1, skip);
  return [
    filled(skipSign(at(cx - away), 'back'), look.ink, pointer),
    filled(playSign(rectOf(cx - size / 2, cy - size / 2, size, size)), look.ink, pointer),
    filled(skipSign(at(cx + away), 'on'), look.ink, pointer),
  ];
};

/** Dark on white whatever the theme: scanners read nothing else. On no ground at all the code is painted as it is. */
const codeOf = (box: Rect, { layer, look, pointer, context }: Player): Composed => {
  if (layer.code === undefined || !(box.width > 0)) return NOTHING;
  const tile = layer.theme !== 'none' && layer.theme !== 'light';
  const colour = layer.theme === 'dark' ? '#101216' : look.ink;
  const code = layerSchema.parse({ type: 'code', symbology: 'qr', value: layer.code, colour });
  const { nodes, findings } = context.layer(code, box, `${pointer}/code`);
  const own = findings.map((finding) => ({ ...finding, pointer: `${pointer}/code` }));
  return { nodes: [...(tile ? [filled(roundedRectPath(box, box.width * 0.05), '#ffffff', pointer)] : []), ...nodes], findings: own };
};
