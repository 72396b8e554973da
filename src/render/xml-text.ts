/** Text as XML shows it, in elements and in attributes; control characters, which XML has no way to write, are left out. */
export const xmlText = (text: string): string =>
  [...text]
    .filter((mark) => mark >= ' ' && mark !== '\ufffe' && mark !== '\uffff')
    .join('')
    .replace(/[&<>"]/g, (mark) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[mark] ?? mark);
