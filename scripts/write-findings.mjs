// Writes docs/findings.md from the catalogue of findings (build first). With --check it only compares and fails when it differs.
import { readFile, writeFile } from 'node:fs/promises';
import { METHODS } from '../dist/methods/index.js';
import { FINDING_CATALOGUE, FINDING_ENTRIES } from '../dist/model/findings/finding-catalogue.js';

const PAGE = new URL('../docs/findings.md', import.meta.url);

const METHOD_IDS = METHODS.map(({ id }) => id);

const raisedBy = (by) =>
  METHOD_IDS.every((id) => by.includes(id))
    ? 'every method'
    : by.map((one) => (METHOD_IDS.includes(one) ? `[${one}](methods/${one}.md)` : one)).join(', ');

const rowOf = ({ code, severities, when, measures, mend, autofix, by }) =>
  `| \`${code}\` | ${severities.join(', ')} | ${when} | ${measures ?? ''} | ${mend}${autofix ? ' ([can be mended](#mending))' : ''} | ${raisedBy(by)} |`;

const sectionOf = ({ title, about, entries }) => `## ${title}

${about}

| code | severity | when | measured, required | what mends it | raised by |
|---|---|---|---|---|---|
${entries.map(rowOf).join('\n')}
`;

const page = `# Findings

Written by \`scripts/write-findings.mjs\` from \`src/model/findings\`: change those, not this page.

A finding tells what is wrong with an order before anything is printed. \`platen check\` and \`POST /v1/checks\` answer with findings alone; every
job carries its own in the manifest.

| member | what it is |
|---|---|
| \`severity\` | \`error\`: not made unless forced. \`warning\`: made, look at it. \`info\`: for the record |
| \`code\` | one of those below: stable, for programs |
| \`pointer\` | JSON pointer to the place in the spec |
| \`message\`, \`hint\` | what is wrong and what would mend it, for people |
| \`measured\`, \`required\`, \`unit\` | what was found and what is needed |
| \`autofix\` | a change of the spec that mends it, see [mending](#mending) |

Limits are settings of the methods, so that a shop sets its own: their pages list them with defaults and sources. This version knows
${FINDING_ENTRIES.length} codes.

${FINDING_CATALOGUE.map(sectionOf).join('\n')}
## Mending

A finding that can be mended without asking anybody has an \`autofix\`: a title, and the places of the spec to set with their values. Nothing is
mended unless the spec allows it: \`"autofix": true\` takes every fix, a list of codes takes those.

\`\`\`json
{ "product": "greeting-card", "autofix": ["bleed.missing", "text.overflow"], "placements": [] }
\`\`\`

What was mended is told as \`autofix.applied\`, and the manifest is that of the mended order. A fix that would bring new errors is not made, and of two
fixes that want one place differently the first is made. Fixes change no more than the places below; a picture is never changed.

| code | what its fix does |
|---|---|
${FINDING_ENTRIES.filter(({ autofix }) => autofix)
  .map(({ code, autofix }) => `| \`${code}\` | ${autofix} |`)
  .join('\n')}
`;

const committed = await readFile(PAGE, 'utf8').catch(() => '');
if (committed !== page && process.argv.includes('--check')) {
  process.stderr.write('docs/findings.md is out of date; run "node scripts/write-findings.mjs" after a build\n');
  process.exitCode = 1;
} else if (committed !== page) {
  await writeFile(PAGE, page);
}
