/** Prints tables and targets; `process.argv` may hold `--gate`, which turns a missed target into exit code 1. */
export const print = (text) => process.stdout.write(`${text}\n`);

export const digits = (value, places = 0) => value.toFixed(places).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** A Markdown table; the first column is text, the others are numbers already formatted. */
export const printTable = (head, rows) => {
  print(`| ${head.join(' | ')} |`);
  print(`| ${head.map((_, i) => (i === 0 ? '---' : '---:')).join(' | ')} |`);
  for (const row of rows) print(`| ${row.join(' | ')} |`);
  print('');
};

/** Each target: what is measured, its value, and the most it may be. */
export const printTargets = (targets) => {
  let missed = 0;
  for (const { name, value, most } of targets) {
    const met = value <= most;
    if (!met) missed++;
    print(`${met ? 'met   ' : 'MISSED'} ${name}: ${value.toFixed(3)} (target at most ${most})`);
  }
  print('');
  if (missed > 0 && process.argv.includes('--gate')) process.exitCode = 1;
};

/** Stops the measurement when something it relies on does not hold: a figure for a wrong result is worth nothing. */
export const must = (holds, message) => {
  if (!holds) throw new Error(message);
};
