import { describe, expect, it } from 'vitest';
import { isReservedPlate } from '../../src/model/paint.ts';
import { type Palette, parsePalette, plateOf } from '../../src/model/palette.ts';
import { foldersWith, readJson } from './templates.ts';

const folders = foldersWith('templates/palettes', 'palette.json');
const paletteOf = (id: string): Palette => parsePalette(readJson(`templates/palettes/${id}/palette.json`));
const idsOf = (id: string): readonly string[] => paletteOf(id).swatches.map((one) => one.id);

describe('the bundled palettes', () => {
  it('hold foils, vinyls, inks and threads', () => {
    expect(folders).toEqual(['foils', 'inks', 'threads', 'threads-even', 'vinyls']);
    expect(folders.map((id) => paletteOf(id).kind)).toEqual(['foil', 'ink', 'thread', 'thread', 'vinyl']);
  });

  it.each(folders)('%s is named like its folder, points to the schema and says where its colours come from', (id) => {
    const palette = paletteOf(id);
    expect(palette).toMatchObject({ id, $schema: '../../../schemas/palette.schema.json' });
    expect(palette.source?.length).toBeGreaterThan(40);
  });

  it.each(folders)('%s gives every swatch a finish and a plate name of its own that PDF does not reserve', (id) => {
    const { swatches } = paletteOf(id);
    const plates = swatches.map(plateOf);
    expect(swatches.length).toBeGreaterThanOrEqual(15);
    expect(swatches.filter((one) => one.finish === undefined)).toEqual([]);
    expect(plates.filter(isReservedPlate)).toEqual([]);
    expect(new Set(plates).size).toBe(plates.length);
    expect(new Set(swatches.map((one) => one.colour)).size).toBe(swatches.length);
  });

  it('have eighteen foils and the blind die', () => {
    expect(idsOf('foils')).toHaveLength(19);
    expect(idsOf('foils')).toEqual(expect.arrayContaining(['gold', 'rose-gold', 'gunmetal', 'navy', 'blind']));
    const finishes = paletteOf('foils').swatches.map((one) => one.finish);
    expect([...new Set(finishes)].sort()).toEqual(['blind', 'matt', 'metallic']);
    expect(plateOf(paletteOf('foils').swatches[0] ?? { id: '', name: '', colour: '' })).toBe('Foil Gold');
  });

  it('have the codes of the fifteen threads', () => {
    const { swatches } = paletteOf('threads');
    expect(swatches.map((one) => one.code)).toHaveLength(15);
    expect(swatches.find((one) => one.id === 'kelly-green')).toMatchObject({ code: '1751', colour: '#01784e' });
  });
});

describe('a palette', () => {
  const swatch = { id: 'gold', name: 'Gold', colour: '#c9a04a' };
  const parse = (swatches: readonly unknown[]) => () => parsePalette({ id: 'mine', name: 'Mine', kind: 'foil', swatches });

  it('takes plain swatches, whose name is their plate', () => {
    expect(plateOf(parse([swatch])().swatches[0] ?? { ...swatch, name: '' })).toBe('Gold');
  });

  it('refuses an id, and a plate, that it has already', () => {
    expect(parse([swatch, { ...swatch, name: 'Other' }])).toThrow(/every id once/);
    expect(parse([swatch, { ...swatch, id: 'other', plate: 'GOLD' }])).toThrow(/no swatch before has/);
  });

  it('refuses plates that PDF would take for ink of another kind', () => {
    expect(parse([{ ...swatch, name: 'Black' }])).toThrow(/plate/);
    expect(parse([{ ...swatch, name: 'Black', plate: 'Foil Black' }])).not.toThrow();
    expect(parse([{ ...swatch, plate: 'all' }])).toThrow(/plate/);
  });
});
