import { colourFromHex } from '../../colour/colour.ts';
import { quantizeMm } from '../../geometry/units.ts';
import { Problem } from '../../model/problem.ts';
import { type ColourBlock, ROLE, type Run, type StitchPlan, type Thread } from '../plan.ts';
import { shownName } from './byte-source.ts';
import type { StitchReading } from './read-result.ts';
import type { WriteOptions } from './write-options.ts';

const FORMAT = 'stitch-plan';
const VERSION = 1;
const ROLES = Object.keys(ROLE);
const MOST_POINTS = 2_000_000;

const runJson = ({ points, roles, from }: Run) => ({ from, points: Array.from(points, quantizeMm), roles: Array.from(roles) });

/**
 * A plan as JSON with everything in it: mm in its own frame to 0.001, y down; points as x, y in turn, one role number for each point (named
 * in `roles`). One line for each run, so that differences can be read.
 */
export const writePlanJson = (plan: StitchPlan, { name }: WriteOptions): Uint8Array => {
  const blocks = plan.blocks.map(({ thread, stopAfter, note, runs }) => {
    const head = JSON.stringify({ thread, stopAfter, note }).slice(0, -1);
    return `${head},"runs":[\n${runs.map((run) => JSON.stringify(runJson(run))).join(',\n')}\n]}`;
  });
  const head = JSON.stringify({ format: FORMAT, version: VERSION, name, unit: 'mm', roles: ROLES }).slice(0, -1);
  return new TextEncoder().encode(`${head},"blocks":[\n${blocks.join(',\n')}\n]}\n`);
};

const refuse = (what: string, pointer: string, value: unknown): never => {
  const got = String(JSON.stringify(value) ?? 'nothing').slice(0, 60);
  throw new Problem('stitches.broken', `expected ${what} for ${pointer} of a stitch plan, got ${got}`, { pointer });
};

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

const listAt = (value: unknown, name: string, pointer: string): readonly unknown[] => {
  const list = member(value, name);
  return Array.isArray(list) ? list : refuse('a list', `${pointer}/${name}`, list);
};

const textAt = (value: unknown, name: string, pointer: string): string => {
  const text = member(value, name);
  return typeof text === 'string' && text.length <= 1000
    ? shownName(text)
    : refuse('a text of at most 1000 characters', `${pointer}/${name}`, text);
};

const threadAt = (value: unknown, pointer: string): Thread => {
  const thread = member(value, 'thread');
  const at = `${pointer}/thread`;
  const colour = textAt(thread, 'colour', at);
  if (!/^#[0-9a-f]{6}$/i.test(colour) || !colourFromHex(colour)) refuse('a colour "#rrggbb"', `${at}/colour`, colour);
  const said = member(thread, 'weight');
  const weight = ([30, 40, 60, 75] as const).find((one) => one === said) ?? refuse('30, 40, 60 or 75', `${at}/weight`, said);
  return { colour, name: textAt(thread, 'name', at), code: textAt(thread, 'code', at), maker: textAt(thread, 'maker', at), weight };
};

const runAt = (value: unknown, pointer: string): Run => {
  const from = member(value, 'from');
  if (from !== 'trim' && from !== 'jump') return refuse('"trim" or "jump"', `${pointer}/from`, from);
  const points = listAt(value, 'points', pointer);
  const roles = listAt(value, 'roles', pointer);
  const wrong = points.findIndex((one) => typeof one !== 'number' || !Number.isFinite(one));
  if (wrong >= 0) refuse('a number', `${pointer}/points/${wrong}`, points[wrong]);
  const odd = roles.findIndex((one) => typeof one !== 'number' || !Number.isInteger(one) || one < 0 || one >= ROLES.length);
  if (odd >= 0) refuse(`a role from 0 to ${ROLES.length - 1}`, `${pointer}/roles/${odd}`, roles[odd]);
  if (points.length !== 2 * roles.length) refuse('x and y for each role', `${pointer}/points`, points.length);
  return { points: Float64Array.from(points, Number), roles: Uint8Array.from(roles, Number), from };
};

const blockAt = (value: unknown, pointer: string): ColourBlock => {
  const stopAfter = member(value, 'stopAfter');
  if (typeof stopAfter !== 'boolean') return refuse('true or false', `${pointer}/stopAfter`, stopAfter);
  const runs = listAt(value, 'runs', pointer).map((run, i) => runAt(run, `${pointer}/runs/${i}`));
  return { thread: threadAt(value, pointer), runs, stopAfter, note: textAt(value, 'note', pointer) };
};

const parse = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Problem('stitches.broken', 'expected JSON for a stitch plan, got something else', { cause });
  }
};

/** What `writePlanJson` wrote. Throws Problem `stitches.broken` with a JSON pointer, or `stitches.too-many`. */
export const readPlanJson = (bytes: Uint8Array): StitchReading => {
  const value = parse(bytes);
  const [format, version] = [member(value, 'format'), member(value, 'version')];
  if (format !== FORMAT || version !== VERSION) {
    throw new Problem('stitches.broken', `expected "format": "${FORMAT}" and "version": ${VERSION} in a stitch plan, got others`);
  }
  const blocks = listAt(value, 'blocks', '').map((block, i) => blockAt(block, `/blocks/${i}`));
  const points = blocks.reduce((sum, { runs }) => sum + runs.reduce((all, run) => all + run.roles.length, 0), 0);
  if (points > MOST_POINTS) throw new Problem('stitches.too-many', `expected at most ${MOST_POINTS} stitches in a plan, got ${points}`);
  if (points === 0) throw new Problem('stitches.empty', 'expected at least one stitch in a stitch plan, got none');
  return { format: 'json', name: textAt(value, 'name', ''), plan: { blocks }, warnings: [] };
};
