import { type Html, html } from '../../../model/html.ts';
import { CONTENT_PROBLEM, PROBLEM_TYPES, type ProblemType } from '../problems/problem-types.ts';
import { pageOf, prose } from './page-html.ts';

const EXAMPLE = `{
  "type": "/docs/problems#input.invalid",
  "title": "The body does not fit",
  "status": 422,
  "detail": "expected a valid request body, got 1 mistake: …",
  "code": "input.invalid",
  "requestId": "req_01kas…",
  "errors": [
    { "pointer": "/spec/placements/0/method",
      "message": "expected text, got nothing" }
  ]
}`;

/** Every problem code, each with a place that \`type\` of an answer leads to. */
export const problemsPage = (): string => {
  const all: readonly (readonly [string, ProblemType])[] = [...Object.entries(PROBLEM_TYPES), ['content', CONTENT_PROBLEM]];
  const statuses = [...new Set(all.map(([, { status }]) => status))].sort((a, b) => a - b);
  return pageOf(
    'Platen problems',
    html`<nav>
<h1>Problems</h1>
<p class="faint"><a href="/docs">To the API</a></p>
${statuses.map((status) => html`<h2>${status}</h2><ul>${all.filter(([, one]) => one.status === status).map(([code]) => html`<li><a href="#${code}">${code}</a></li>`)}</ul>`)}
</nav>
<main>
<h1>Problems</h1>
<p>An answer that says no is <code>application/problem+json</code> (RFC 9457). Programs compare <code>code</code>, which stays; people read <code>detail</code>. Every mistake in a request is told at once in <code>errors</code>.</p>
<pre><code>${EXAMPLE}</code></pre>
${all.map(card)}
</main>`,
  );
};

const card = ([code, { status, title, meaning }]: readonly [string, ProblemType]): Html => html`<article id="${code}">
<h3>${title}</h3>
<p class="address"><code>${status}</code> ${code}</p>
<p>${prose(meaning)}</p>
</article>`;
