/**
 * Names of the separations that stand in a finished file of ours, in its order, each once: what a RIP makes plates for beside the process inks. It
 * reads the bytes, so that a check sees what was written and not what was meant. Objects of our files are not packed into streams.
 */
export const platesOfPdf = (file: Uint8Array): readonly string[] => {
  const text = new TextDecoder('latin1').decode(file);
  return [...new Set([...text.matchAll(/\[\/Separation \/([^\s/[\]<>()]+) /g)].map(([, name = '']) => decoded(name)))];
};

/** A PDF name: #xx stands for a byte of UTF-8. */
const decoded = (name: string): string => {
  const bytes = name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
};
