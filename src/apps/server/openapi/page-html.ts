import { escapeHtml, type Html, html } from '../../../model/html.ts';

/** A line of text with `code` and [links](address) in it. */
export const prose = (text: string): Html => ({
  html: escapeHtml(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\[([^\]]+)\]\((\/[^)\s]*)\)/g, '<a href="$2">$1</a>'),
});

/** Paragraphs with blank lines between them. */
export const paragraphs = (text: string): readonly Html[] => text.split(/\n\n+/).map((part) => html`<p>${prose(part)}</p>`);

/** A page of the docs with a title. */
export const pageOf = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
${body}
</body>
</html>
`.html;
