import { SCOPES } from '../../../jobs/api-key.ts';
import { type Html, html } from '../../../model/html.ts';
import type { OpenApiDocument } from './document.ts';
import { pageOf, paragraphs, prose } from './page-html.ts';
import { aboutMember, isObject, listIn, type Shown, schemaTable, typeWords } from './schema-words.ts';

type Operation = { readonly path: string; readonly method: string; readonly facts: Shown };

/** The OpenAPI document as one page to read: no script, nothing from elsewhere. */
export const docsPage = (document: OpenApiDocument): string => {
  const operations = operationsIn(document.paths);
  const messages = operationsIn(document.webhooks);
  const schemas = isObject(document.components?.schemas) ? Object.entries(document.components.schemas) : [];
  const tags = (document.tags ?? []).map(({ name, description = '' }) => ({
    name,
    description,
    its: operations.filter(({ facts }) => listIn(facts, 'tags').includes(name)),
  }));
  const body = html`<nav>
<h1>Platen API</h1>
<p class="faint">Version ${document.info.version} · <a href="/openapi.json">openapi.json</a> · <a href="/docs/problems">problems</a></p>
${tags.map(({ name, its }) => html`<h2><a href="#tag-${name}">${name}</a></h2><ul>${its.map(navEntry)}</ul>`)}
<h2><a href="#callbacks">Callbacks</a></h2><ul>${messages.map(({ path, facts }) => html`<li><a href="#${String(facts.operationId)}">${path}</a></li>`)}</ul>
<h2><a href="#schemas">Schemas</a></h2><ul>${schemas.map(([name]) => html`<li><a href="#schema-${name}">${name}</a></li>`)}</ul>
</nav>
<main>
<h1>Platen API</h1>
${paragraphs(document.info.description ?? '')}
${firstSteps()}
${aboutKeys()}
${tags.map(({ name, description, its }) => html`<h2 id="tag-${name}">${name}</h2><p>${prose(description)}</p>${its.map(operationCard)}`)}
<h2 id="callbacks">Callbacks</h2>
<p>Messages that are posted to your webhooks and to the <code>callbackUrl</code> of jobs.</p>
${messages.map(messageCard)}
<h2 id="schemas">Schemas</h2>
${schemas.map(([name, schema]) => schemaCard(name, schema))}
</main>`;
  return pageOf('Platen API', body);
};

const operationsIn = (paths: unknown): readonly Operation[] =>
  isObject(paths)
    ? Object.entries(paths).flatMap(([path, item]) =>
        Object.entries(isObject(item) ? item : {}).flatMap(([method, facts]) => (isObject(facts) ? [{ path, method, facts }] : [])),
      )
    : [];

const navEntry = ({ facts }: Operation): Html => html`<li><a href="#${String(facts.operationId)}">${String(facts.summary)}</a></li>`;

const SCOPE_WORDS: Readonly<Record<(typeof SCOPES)[number], string>> = {
  submit: 'jobs, batches, uploads, cancel and render again; previews and checks too',
  read: 'jobs, their files and the catalogue',
  preview: 'previews, checks and the catalogue, from browsers at the allowed origins',
  force: 'with submit: jobs that are made although findings hold them, for the programs of people who decide that',
  admin: 'everything, and webhooks, keys and figures',
};

const FIRST_STEPS = `curl -sS $PLATEN/v1/jobs -H "Authorization: Bearer $KEY" \\
  -H 'Content-Type: application/json' -H 'Prefer: wait=20' \\
  -d '{"spec": {"product": "mug-11oz", "placements": [{"placement": "wrap", "method": "sublimation",
       "layers": [{"type": "text", "text": "Ada", "font": {"family": "Lobster"}, "size": 60}]}]}}'

curl -sS -N $PLATEN/v1/jobs/job_…/events -H "Authorization: Bearer $KEY"

curl -sS -L -OJ $PLATEN/v1/jobs/job_…/artifacts/wrap-sublimation.png -H "Authorization: Bearer $KEY"`;

const firstSteps = (): Html => html`<h2 id="first">First steps</h2>
<p>Submit a job and wait for it, watch one that takes longer, download its files by the <code>href</code> that the job gives for each.</p>
<pre><code>${FIRST_STEPS}</code></pre>`;

const aboutKeys = (): Html => html`<h2 id="keys">Keys</h2>
<p>Send your key as <code>Authorization: Bearer platen_…</code>. A key belongs to one tenant and sees nothing of others. Its scopes say what it may do:</p>
<div class="scroll"><table>${SCOPES.map((scope) => html`<tr><td><code>${scope}</code></td><td>${SCOPE_WORDS[scope]}</td></tr>`)}</table></div>`;

const address = (method: string, path: string): Html =>
  html`<p class="address"><span class="verb ${method}">${method.toUpperCase()}</span> ${path}</p>`;

const operationCard = ({ path, method, facts }: Operation): Html => html`<article id="${String(facts.operationId)}">
<h3>${String(facts.summary)}</h3>
${address(method, path)}
${typeof facts.description === 'string' ? paragraphs(facts.description) : null}
${scopesOf(facts)}
${parametersOf(facts)}
${requestOf(facts)}
${answersOf(facts)}
</article>`;

const scopesOf = (facts: Shown): Html => {
  const scopes = listIn(facts, 'x-scopes').map(String);
  return scopes.length === 0
    ? html`<p class="small faint">No key needed.</p>`
    : html`<p class="small faint">Scope ${scopes.map((scope) => html`<span class="chip">${scope}</span> `)}</p>`;
};

const parametersOf = (facts: Shown): Html => {
  const rows = listIn(facts, 'parameters').map((one) => {
    const { name, in: place, required, schema } = isObject(one) ? one : {};
    return html`<tr><td><code>${headerName(String(name), place)}</code>${required === true ? html` <span class="required">required</span>` : null}</td><td>${String(place)}</td><td>${typeWords(schema)}</td><td>${aboutMember(schema)}</td></tr>`;
  });
  return rows.length === 0
    ? html``
    : html`<h4>Parameters</h4><div class="scroll"><table><tr><th>Name</th><th>In</th><th>Type</th><th></th></tr>${rows}</table></div>`;
};

/** Header names are written as people write them. */
const headerName = (name: string, place: unknown): string =>
  place === 'header' ? name.replaceAll(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase()) : name;

const contentOf = (part: unknown): readonly (readonly [string, unknown])[] => {
  const content = isObject(part) ? part.content : undefined;
  return isObject(content)
    ? Object.entries(content).map(([mediaType, media]) => [mediaType, isObject(media) ? media.schema : undefined])
    : [];
};

const requestOf = (facts: Shown): Html => {
  const rows = contentOf(facts.requestBody).map(
    ([mediaType, schema]) => html`<tr><td><code>${mediaType}</code></td><td>${bodyWords(schema)}</td></tr>`,
  );
  return rows.length === 0 ? html`` : html`<h4>Body</h4><div class="scroll"><table>${rows}</table></div>`;
};

const bodyWords = (schema: unknown): Html => (isObject(schema) && isObject(schema.properties) ? schemaTable(schema) : typeWords(schema));

const answersOf = (facts: Shown): Html => {
  const all = Object.entries(isObject(facts.responses) ? facts.responses : {});
  const isProblem = ([, answer]: readonly [string, unknown]): boolean =>
    contentOf(answer).some(([mediaType]) => mediaType === 'application/problem+json');
  const problems = all.filter(isProblem);
  return html`<h4>Answers</h4><div class="scroll"><table>${all.filter((one) => !isProblem(one)).map(answerRow)}</table></div>
${problems.length === 0 ? null : html`<details><summary>Problems</summary><div class="scroll"><table>${problems.map(problemRow)}</table></div></details>`}`;
};

const answerRow = ([status, answer]: readonly [string, unknown]): Html => {
  const forms = contentOf(answer).map(
    ([mediaType, schema]) =>
      html`<div class="small"><code>${mediaType}</code> ${mediaType.endsWith('json') ? typeWords(schema) : null}</div>`,
  );
  return html`<tr><td><code>${status}</code></td><td>${descriptionOf(answer)}${forms}</td></tr>`;
};

const problemRow = ([status, answer]: readonly [string, unknown]): Html =>
  html`<tr><td><code>${status}</code></td><td>${descriptionOf(answer)}</td></tr>`;

const descriptionOf = (answer: unknown): Html => prose(String(isObject(answer) ? answer.description : ''));

const messageCard = ({ path, facts }: Operation): Html => html`<article id="${String(facts.operationId)}">
<h3>${path}</h3>
<p>${String(facts.summary)}</p>
<p class="faint small">${String(facts.description)}</p>
${parametersOf(facts)}
${requestOf(facts)}
</article>`;

const schemaCard = (name: string, schema: unknown): Html => html`<article id="schema-${name}">
<h3>${name}</h3>
${isObject(schema) && typeof schema.description === 'string' ? html`<p>${prose(schema.description)}</p>` : null}
${schemaTable(schema)}
</article>`;
