// Compiles the AssemblyScript kernels to WebAssembly and writes each as base64 beside its source, as kernel-bytes.ts.
// `--check` writes nothing and fails when the committed bytes differ from a fresh build.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const checking = process.argv.includes('--check');
const LINE = 120;

/** Folders with `assembly/<entry>`, and the 64 KiB pages their tables and stack need from the start. */
const KERNELS = [
  { folder: 'src/render/kernel', entry: 'index.ts', pages: 2 },
  { folder: 'src/mockup/kernel', entry: 'index.as.ts', pages: 3 },
];

const compile = async ({ folder, entry, pages }) => {
  let binary;
  const options = `${folder}/assembly/${entry} --outFile kernel.wasm -O3 --noAssert --enable simd --enable bulk-memory --runtime stub --use abort= --initialMemory ${pages}`;
  const { error, stderr } = await asc.main(options.split(' '), {
    readFile: (name, base) => {
      try {
        return readFileSync(join(root, base === '.' ? '' : base, name), 'utf8');
      } catch {
        return null;
      }
    },
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) binary = contents;
    },
    listFiles: () => [],
  });
  // Its warnings are about exports of vectors, which only its own modules share.
  if (error || !binary) throw new Error(`expected a compiled kernel for ${folder}, got ${stderr.toString()}`, { cause: error });
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(binary));
  if (imports.length > 0) throw new Error(`expected a kernel without imports, got ${imports.map((i) => i.name).join(', ')}`);
  return binary;
};

for (const kernel of KERNELS) {
  const binary = await compile(kernel);
  const target = join(root, kernel.folder, 'kernel-bytes.ts');
  const base64 = Buffer.from(binary).toString('base64');
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  const text = `// Made by scripts/build-kernel.mjs from ${kernel.folder}/assembly; do not edit.\nexport const KERNEL_BASE64 =\n${lines
    .map((line) => `  '${line}'`)
    .join(' +\n')};\n`;
  if (!checking) {
    writeFileSync(target, text);
    process.stdout.write(`${kernel.folder}: ${binary.length} bytes\n`);
  } else if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write(
      `expected ${kernel.folder}/kernel-bytes.ts to equal a fresh build, got a difference: run node scripts/build-kernel.mjs\n`,
    );
    process.exitCode = 1;
  }
}
