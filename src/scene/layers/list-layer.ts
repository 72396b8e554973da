import { joinPaths, rectPath } from '../../geometry/path.ts';
import { type Rect, rectOf } from '../../geometry/point.ts';
import { ellipsePath } from '../../geometry/shapes.ts';
import type { Finding } from '../../model/finding.ts';
import { Problem } from '../../model/problem.ts';
import type { ListFields } from '../../model/special-layers.ts';
import type { TextFieldsInput } from '../../model/text-layer.ts';
import type { SceneNode } from '../scene.ts';
import { filled } from '../special/draw.ts';
import { setText } from '../special/set-text.ts';
import { type ComposeContext, type Composed, joinComposed, NOTHING } from './context.ts';

type Row = { readonly label: string; readonly value: string; readonly pointer: string };

/** Least room between label and value, and between columns, in sizes of type. */
const LEADER_ROOM = 2;
const VALUE_ROOM = 0.9;
const COLUMN_ROOM = 1.6;
/** The title is this much larger than the rows, and takes so many of their lines. */
const TITLE_SIZE = 1.9;
const TITLE_LINES = 1.7;
const PROBE = 10;

/** More rows than the schema lets a list have. */
const MAX_ROWS = 300;

/** "Hamburg, 2012" or "Hamburg | 2012": the value comes last. */
const rowOfLine = (text: string): Omit<Row, 'pointer'> => {
  const [, label = text, value = ''] = /^(.*\S)\s*[,;|\t]\s*(\S.*?)\s*$/u.exec(text) ?? [];
  return { label: label.trim(), value };
};

const rowsOf = ({ items }: ListFields, pointer: string): readonly Row[] => {
  if (typeof items !== 'string')
    return items
      .map((item) => (typeof item === 'string' ? { label: item, value: '' } : item))
      .map((row, i) => ({ ...row, pointer: `${pointer}/items/${i}` }));
  const lines = items.split(/\r\n|[\n\r\u2028\u2029]/u).filter((text) => text.trim() !== '');
  if (lines.length <= MAX_ROWS) return lines.map((text) => ({ ...rowOfLine(text), pointer: `${pointer}/items` }));
  throw new Problem('list.too-long', `expected at most ${MAX_ROWS} lines in a list, got ${lines.length}`, {
    pointer: `${pointer}/items`,
    hint: 'leave lines out, or use several lists',
  });
};

/** A list of places and years: one size for all rows, the largest at which every one has room. */
export const composeList = (layer: ListFields, box: Rect, pointer: string, context: ComposeContext): Composed => {
  const rows = rowsOf(layer, pointer);
  if (rows.length === 0) return NOTHING;
  const perColumn = Math.ceil(rows.length / layer.columns);
  const titleLines = layer.title === '' ? 0 : TITLE_LINES;
  const widths = rows.map((row) => widthOf(row, layer, context));
  const widest = Math.max(...widths, 0.01);
  const columns = Math.ceil(rows.length / perColumn);
  const byWidth = box.width / (columns * widest + (columns - 1) * COLUMN_ROOM);
  const byHeight = box.height / ((perColumn + titleLines) * layer.leading);
  const size = Math.min(layer.maxSize, byWidth, byHeight);
  const pitch = size * layer.leading;
  const columnWidth = (box.width - (columns - 1) * COLUMN_ROOM * size) / columns;
  const block = (perColumn + titleLines) * pitch;
  const top = box.y + (box.height - block) / 2;
  const titleBox = rectOf(box.x, top, box.width, pitch * TITLE_LINES * 0.75);
  const title: Composed =
    layer.title === ''
      ? { nodes: [], findings: [] }
      : setText(
          {
            text: layer.title,
            font: layer.titleFont ?? layer.font,
            size: size * TITLE_SIZE,
            fill: layer.accent ?? layer.fill,
            valign: 'top',
            tracking: 40,
          },
          titleBox,
          context.fonts,
          `${pointer}/title`,
        );
  const parts = rows.map((row, i) => {
    const column = Math.floor(i / perColumn);
    const x = box.x + column * (columnWidth + COLUMN_ROOM * size);
    const y = top + (titleLines + (i % perColumn)) * pitch;
    return composeRow(row, layer, { box: rectOf(x, y, columnWidth, pitch), size }, context);
  });
  const { nodes } = joinComposed([title, ...parts]);
  const findings = [
    ...title.findings,
    ...ofAllRows(rows, parts, { layer, pointer, fonts: context.fonts }),
    ...tooSmall(size, layer, pointer),
  ];
  return { nodes, findings };
};

type Setting = { readonly layer: ListFields; readonly pointer: string; readonly fonts: ComposeContext['fonts'] };

/** What several rows share is told once for the list, with all its characters; what one row has, for that row. */
const ofAllRows = (rows: readonly Row[], parts: readonly Composed[], { layer, pointer, fonts }: Setting): readonly Finding[] => {
  const codes = [...new Set(parts.flatMap(({ findings }) => findings.map(({ code }) => code)))];
  return codes.flatMap((code): readonly Finding[] => {
    const found = parts.map(({ findings }) => findings.find((one) => one.code === code));
    const [first, ...others] = found.filter((one) => one !== undefined);
    if (!first || others.length === 0) return first ? [first] : [];
    const text = rows.flatMap(({ label, value }, i) => (found[i] ? [label, value] : [])).join(' ');
    const whole = setText(textOf(text, layer, PROBE, {}), rectOf(0, 0, PROBE, PROBE), fonts, pointer);
    const told = whole.findings.find((one) => one.code === code) ?? first;
    return [{ ...told, pointer: `${pointer}/items`, message: `${told.message} (${others.length + 1} lines of the list)` }];
  });
};

const tooSmall = (size: number, { minSize }: ListFields, pointer: string): readonly Finding[] => {
  if (size >= minSize) return [];
  return [
    {
      severity: 'error',
      code: 'text.overflow',
      pointer,
      message: `The list fits its box only at a size of ${size.toFixed(2)} mm; its smallest is ${minSize} mm.`,
      hint: 'Shorten the longest line, leave lines out or use more columns.',
      measured: Number(size.toFixed(2)),
      required: minSize,
      unit: 'mm',
    },
  ];
};

const textOf = (text: string, layer: ListFields, size: number, more: Partial<TextFieldsInput>): TextFieldsInput => ({
  text: text.replace(/\s+/gu, ' '),
  font: layer.font,
  size,
  fill: layer.fill,
  fit: { mode: 'fixed' },
  ...more,
});

/** What a row needs, in sizes of type. */
const widthOf = ({ label, value }: Row, layer: ListFields, { fonts }: ComposeContext): number => {
  const measure = (text: string): number =>
    (setText(textOf(text, layer, PROBE, {}), rectOf(0, 0, PROBE, PROBE), fonts, '').ink?.width ?? 0) / PROBE;
  const room = value === '' || label === '' ? 0 : layer.arrange === 'spread' ? LEADER_ROOM : VALUE_ROOM;
  return measure(label) + room + measure(value) + 0.05;
};

type RowPlace = { readonly box: Rect; readonly size: number };

const composeRow = (row: Row, layer: ListFields, { box, size }: RowPlace, { fonts }: ComposeContext): Composed => {
  const valueFill = layer.accent ?? layer.fill;
  const set = (text: string, more: Partial<TextFieldsInput>, within: Rect) =>
    setText(textOf(text, layer, size, more), within, fonts, row.pointer);
  const told = ({ code }: Finding): boolean => code !== 'text.overflow';
  if (layer.arrange === 'centre') {
    const label = set(row.label, { align: 'left' }, box);
    const value = set(row.value, { align: 'left', fill: valueFill }, box);
    const [a, b] = [label.ink?.width ?? 0, value.ink?.width ?? 0];
    const room = a > 0 && b > 0 ? VALUE_ROOM * size : 0;
    const x = box.x + (box.width - a - b - room) / 2;
    const placed = [
      set(row.label, { align: 'left' }, rectOf(x, box.y, box.width, box.height)),
      set(row.value, { align: 'left', fill: valueFill }, rectOf(x + a + room, box.y, box.width, box.height)),
    ];
    return { nodes: placed.flatMap(({ nodes }) => nodes), findings: placed.flatMap(({ findings }) => findings.filter(told)) };
  }
  const label = set(row.label, { align: 'left' }, box);
  const value = set(row.value, { align: 'right', fill: valueFill }, box);
  const from = label.ink ? label.ink.x + label.ink.width : box.x;
  const to = value.ink ? value.ink.x : box.x + box.width;
  const leader = row.value === '' ? [] : leaderOf(layer, { from, to, size, box }, row.pointer);
  return { nodes: [...label.nodes, ...leader, ...value.nodes], findings: [...label.findings, ...value.findings].filter(told) };
};

type Span = { readonly from: number; readonly to: number; readonly size: number; readonly box: Rect };

/** Dots keep to one lattice, so that those of all rows stand below each other. */
const leaderOf = (layer: ListFields, { from, to, size, box }: Span, pointer: string): readonly SceneNode[] => {
  const [start, end] = [from + size * 0.4, to - size * 0.4];
  const base = box.y + box.height / 2 + size * 0.33;
  if (layer.leader === 'none' || end - start < size * 0.3) return [];
  if (layer.leader === 'line') return [filled(rectPath(rectOf(start, base, end - start, size * 0.04)), layer.fill, pointer)];
  const [pitch, dot] = [size * 0.42, size * 0.085];
  const last = Math.floor((box.x + box.width - start) / pitch);
  const first = Math.ceil((box.x + box.width - end) / pitch);
  const dots = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => box.x + box.width - (first + i) * pitch);
  return [filled(joinPaths(dots.map((x) => ellipsePath(rectOf(x - dot / 2, base - dot, dot, dot)))), layer.fill, pointer)];
};
