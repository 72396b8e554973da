import type { Rect } from '../../geometry/point.ts';
import type { BookBlock, BookSection } from '../../model/book.ts';
import type { Finding } from '../../model/finding.ts';
import type { SceneNode } from '../scene.ts';
import { type FlowItem, gap } from './flow-item.ts';
import type { SetText } from './set-paragraph.ts';

/** A place for text: a box on a page, in the millimetres of that page. */
export type FlowFrame = { readonly page: number; readonly box: Rect };

export type PlacedItem = { readonly frame: FlowFrame; readonly nodes: readonly SceneNode[]; readonly chapter: string | undefined };

export type Flowed = {
  readonly placed: readonly PlacedItem[];
  readonly findings: readonly Finding[];
  /** How much more height the text needs than its frames have, mm. */
  readonly overMm: number;
};

type Widths = { readonly from: number; readonly widthMm: number }[];
type Text = Extract<BookBlock, { type: 'paragraph' | 'heading' }>;

/** What the flow asks of those who know styles and fonts. */
export type FlowSetting = {
  readonly orphans: number;
  readonly widows: number;
  readonly valign: BookSection['valign'];
  readonly setText: (block: Text, index: number, widths: Widths, opens: boolean) => SetText;
  readonly spaceAround: (block: Text) => { readonly before: number; readonly after: number; readonly keepTogether: boolean };
  readonly setPicture: (block: Extract<BookBlock, { type: 'picture' }>, index: number, widthMm: number) => Promised;
  /** The next frame; null when there are no more. */
  readonly nextFrame: () => FlowFrame | null;
};
type Promised = { readonly items: readonly FlowItem[]; readonly findings: readonly Finding[] };

const SLACK_MM = 1e-6;
/** Where text stands that has no frame left: measured, and drawn so that everybody sees it. */
const ENDLESS_MM = 1e7;

const heightOf = (items: readonly FlowItem[]): number => items.reduce((sum, { heightMm }) => sum + heightMm, 0);

/** Puts blocks one after the other into frames; a frame is drawn when it is full. */
class Flow {
  readonly #setting: FlowSetting;
  readonly placed: PlacedItem[] = [];
  readonly findings: Finding[] = [];
  overMm = 0;
  #frame: FlowFrame;
  #roomMm: number;
  #items: FlowItem[] = [];
  #endless = false;

  constructor(setting: FlowSetting, first: FlowFrame) {
    this.#setting = setting;
    this.#frame = first;
    this.#roomMm = first.box.height;
  }

  get #left(): number {
    return this.#roomMm - heightOf(this.#items);
  }

  get widthMm(): number {
    return this.#frame.box.width;
  }

  get isEmpty(): boolean {
    return this.#items.length === 0;
  }

  gap(heightMm: number, keepNext = false): void {
    if (heightMm > 0 && this.#items.length > 0) this.#items.push(gap(heightMm, keepNext));
  }

  turn(): void {
    this.#finish();
    if (this.#endless) return;
    const next = this.#setting.nextFrame();
    if (next) {
      this.#frame = next;
      this.#roomMm = next.box.height;
      return;
    }
    // The rest goes on below the last frame.
    this.#endless = true;
    const { box, page } = this.#frame;
    this.#frame = { page, box: { ...box, y: box.y + box.height, height: 0 } };
    this.#roomMm = ENDLESS_MM;
  }

  /** Turns to the next frame and takes along what must not stand last in this one. */
  #turnWithKept(): void {
    const kept: FlowItem[] = [];
    while (this.#items.at(-1)?.keepNext) kept.unshift(...this.#items.splice(-1));
    // Titles alone in a frame gain nothing by moving on.
    if (this.#items.length === 0) {
      this.#items = kept;
      this.#finish();
      this.turn();
      return;
    }
    this.turn();
    while (kept[0]?.kind === 'gap') kept.shift();
    this.#items.push(...kept);
  }

  /** Something that cannot be parted. */
  solid(items: readonly FlowItem[]): void {
    if (heightOf(items) > this.#left + SLACK_MM && this.#items.length > 0) this.#turnWithKept();
    this.#items.push(...items);
  }

  text(block: Text, index: number, opens: boolean): void {
    const { orphans, widows, setText, spaceAround } = this.#setting;
    const { before, after, keepTogether } = spaceAround(block);
    this.gap(before);
    const widths: Widths = [{ from: 0, widthMm: this.widthMm }];
    let set = setText(block, index, widths, opens);
    let done = 0;
    for (;;) {
      const { items } = set;
      const total = items.length;
      const fits = this.#fitting(items, done);
      if (fits === total - done) break;
      const legal = (count: number): boolean => {
        const [above, below] = [done + count, total - done - count];
        return (done > 0 || above >= Math.max(orphans, set.together)) && below >= widows && !(keepTogether && done === 0);
      };
      let count = fits;
      while (count > 0 && !legal(count)) count--;
      // In a frame of its own a paragraph is parted wherever it must be.
      if (count === 0 && this.#items.length === 0) count = Math.max(1, fits);
      if (count === 0) this.#turnWithKept();
      else {
        this.#items.push(...items.slice(done, done + count));
        done += count;
        this.turn();
      }
      const last = widths.at(-1);
      if (last && Math.abs(last.widthMm - this.widthMm) > 1e-3) {
        // Lines that are placed keep their measure; the others take that of the new frame.
        if (last.from === done) widths.pop();
        widths.push({ from: done, widthMm: this.widthMm });
        set = setText(block, index, [...widths], opens);
      }
      if (done >= set.items.length) break;
    }
    this.#items.push(...set.items.slice(done));
    this.findings.push(...set.findings);
    this.gap(after, block.type === 'heading');
  }

  #fitting(items: readonly FlowItem[], from: number): number {
    let left = this.#left + SLACK_MM;
    let count = 0;
    for (const { heightMm } of items.slice(from)) {
      left -= heightMm;
      if (left < 0) break;
      count++;
    }
    return count;
  }

  /** Draws the frame and empties it. */
  #finish(): void {
    while (this.#items.at(-1)?.kind === 'gap') this.#items.pop();
    const used = heightOf(this.#items);
    if (this.#endless) this.overMm += used;
    const { box } = this.#frame;
    // What does not fit even in an empty frame hangs over its foot.
    const spare = this.#endless ? 0 : this.#roomMm - used;
    if (!this.#endless && spare < -SLACK_MM) this.overMm += -spare;
    const share = { top: 0, middle: 0.5, bottom: 1 }[this.#setting.valign];
    let y = box.y + Math.max(0, spare) * share;
    for (const item of this.#items) {
      const nodes = item.draw(box.x, y);
      if (nodes.length > 0 || item.chapter !== undefined) this.placed.push({ frame: this.#frame, nodes, chapter: item.chapter });
      y += item.heightMm;
    }
    this.#items = [];
  }

  finish(): Flowed {
    this.#finish();
    return { placed: this.placed, findings: this.findings, overMm: this.overMm };
  }
}

/** Lets the blocks of a section flow through frames. Everything is placed somewhere: nothing is ever dropped. */
export const flowSection = (blocks: readonly BookBlock[], setting: FlowSetting): Flowed => {
  if (blocks.length === 0) return { placed: [], findings: [], overMm: 0 };
  const first = setting.nextFrame();
  if (!first) return { placed: [], findings: [], overMm: 0 };
  const flow = new Flow(setting, first);
  let opens = true;
  for (const [index, block] of blocks.entries()) {
    switch (block.type) {
      case 'paragraph':
      case 'heading':
        flow.text(block, index, opens);
        opens = block.type === 'heading';
        break;
      case 'picture': {
        flow.gap(block.before);
        const { items, findings } = setting.setPicture(block, index, flow.widthMm);
        flow.solid(items);
        flow.findings.push(...findings);
        flow.gap(block.after);
        opens = true;
        break;
      }
      case 'space':
        flow.gap(block.height);
        opens = true;
        break;
      case 'break':
        flow.turn();
        opens = true;
        break;
    }
  }
  return flow.finish();
};
