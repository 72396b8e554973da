/** The style sheet of the docs: light or dark as the reader's system has it, readable on paper. */
export const DOCS_STYLE = `:root {
  color-scheme: light dark;
  --ground: #fbfaf8;
  --panel: #ffffff;
  --ink: #22242a;
  --faint: #63666f;
  --line: #e2dfd8;
  --accent: #a2371f;
  --code: #f2efe9;
  --get: #1f6f54;
  --post: #1c5aa6;
  --put: #8a5a00;
  --patch: #6b4aa3;
  --delete: #a32222;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #17181b;
    --panel: #1e2024;
    --ink: #e4e4e1;
    --faint: #9a9da6;
    --line: #33363d;
    --accent: #f0937c;
    --code: #26292f;
    --get: #6fcfab;
    --post: #86b6f2;
    --put: #e0b565;
    --patch: #bda3ee;
    --delete: #f08f8f;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.55 ui-sans-serif, system-ui, -apple-system, "Segoe UI", sans-serif;
  display: grid;
  grid-template-columns: 17rem minmax(0, 1fr);
}
a { color: var(--accent); text-underline-offset: 0.15em; }
nav {
  position: sticky;
  top: 0;
  height: 100vh;
  overflow-y: auto;
  padding: 1.5rem 1.25rem 3rem;
  border-right: 1px solid var(--line);
  font-size: 0.875rem;
}
nav h1 { font-size: 1.1rem; margin: 0 0 0.25rem; }
nav h2 { font-size: 0.75rem; letter-spacing: 0.06em; text-transform: uppercase; color: var(--faint); margin: 1.4rem 0 0.35rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: 0.15rem 0; }
nav a { color: inherit; text-decoration: none; }
nav a:hover { color: var(--accent); text-decoration: underline; }
main { padding: 2rem clamp(1rem, 4vw, 3.5rem) 6rem; max-width: 62rem; min-width: 0; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
main > h2 { margin: 3.5rem 0 0.5rem; padding-bottom: 0.4rem; border-bottom: 1px solid var(--line); font-size: 1.5rem; }
p { max-width: 46rem; }
.faint { color: var(--faint); }
.small { font-size: 0.875rem; }
article { background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 1.1rem 1.3rem 1.3rem; margin: 1.25rem 0; }
article > h3 { margin: 0 0 0.3rem; font-size: 1.15rem; }
article > :last-child { margin-bottom: 0; }
article h4 { margin: 1.2rem 0 0.4rem; font-size: 0.8rem; letter-spacing: 0.05em; text-transform: uppercase; color: var(--faint); }
.address { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: 0.95rem; overflow-wrap: anywhere; margin: 0; }
.verb { display: inline-block; min-width: 4.2em; font-weight: 700; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .patch { color: var(--patch); } .delete { color: var(--delete); }
code, pre { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: 0.875em; }
code { background: var(--code); border-radius: 4px; padding: 0.1em 0.3em; overflow-wrap: anywhere; }
pre { background: var(--code); border-radius: 8px; padding: 0.8rem 1rem; overflow-x: auto; margin: 0.4rem 0; }
pre code { background: none; padding: 0; overflow-wrap: normal; }
details { margin-top: 0.8rem; }
summary { cursor: pointer; color: var(--faint); font-size: 0.9rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.9rem 0.4rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; border-top: 0; color: var(--faint); font-size: 0.8rem; }
td:first-child { white-space: nowrap; width: 1%; }
.chip { display: inline-block; border: 1px solid var(--line); border-radius: 99px; padding: 0 0.6em; font-size: 0.8rem; color: var(--faint); }
.required { color: var(--accent); font-size: 0.8rem; }
:target { outline: 2px solid var(--accent); outline-offset: 4px; border-radius: 8px; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
@media (max-width: 56rem) {
  body { display: block; }
  nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding-bottom: 1.25rem; }
  nav ul { display: none; }
  nav h2 { display: inline-block; margin: 0.2rem 1rem 0.2rem 0; }
}
@media print {
  body { display: block; background: none; }
  nav { display: none; }
  article { break-inside: avoid; }
}
`;
