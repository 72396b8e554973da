/** One line that the pen drew, in plotter steps. */
export type Plotted = { readonly pen: number; readonly points: readonly (readonly [x: number, y: number])[] };

/**
 * A plotter of our tests: runs HP-GL as the reference manual of such machines describes it (absolute coordinates, PU and PD with any number of
 * pairs, SP 0 puts the pen away) and shares nothing with the writer. Throws on a command or a number it does not know.
 */
export const plotHpgl = (data: Uint8Array): readonly Plotted[] => {
  const drawn: { pen: number; points: [number, number][] }[] = [];
  let [pen, down, x, y] = [0, false, 0, 0];
  for (const raw of new TextDecoder('ascii').decode(data).split(';')) {
    const command = raw.trim();
    if (command === '') continue;
    const [, name, rest = ''] = /^([A-Z]{2})(.*)$/.exec(command) ?? [];
    const numbers = rest === '' ? [] : rest.split(',').map(Number);
    if (!numbers.every((one) => Number.isInteger(one) && Math.abs(one) < 2 ** 23)) throw new Error(`numbers of ${command}`);
    if (name === 'IN') [pen, down, x, y] = [0, false, 0, 0];
    else if (name === 'SP') [pen, down] = [numbers[0] ?? 0, false];
    else if (name === 'PU' || name === 'PD') {
      if (numbers.length % 2 !== 0) throw new Error(`pairs of ${command}`);
      if (name === 'PD' && !down) {
        if (pen === 0) throw new Error('drawing without a pen');
        drawn.push({ pen, points: [[x, y]] });
      }
      down = name === 'PD';
      for (let i = 0; i < numbers.length; i += 2) {
        [x, y] = [numbers[i] ?? 0, numbers[i + 1] ?? 0];
        if (down) drawn.at(-1)?.points.push([x, y]);
      }
    } else throw new Error(`command ${command}`);
  }
  return drawn;
};
