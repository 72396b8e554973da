// Compiles src/render/kernel/assembly to WebAssembly and writes it as base64 into src/render/kernel/kernel-bytes.ts.
// `--check` writes nothing and fails when the committed bytes differ from a fresh build.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'src/render/kernel/kernel-bytes.ts');

let binary;
const options =
  'src/render/kernel/assembly/index.ts --outFile kernel.wasm -O3 --noAssert --enable simd --enable bulk-memory --runtime stub --use abort= --initialMemory 2'.split(
    ' ',
  );
const { error, stderr } = await asc.main(options, {
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
if (error || !binary) throw new Error(`expected a compiled kernel, got ${stderr.toString()}`, { cause: error });

const imports = WebAssembly.Module.imports(new WebAssembly.Module(binary));
if (imports.length > 0) throw new Error(`expected a kernel without imports, got ${imports.map((i) => i.name).join(', ')}`);

const LINE = 120;
const base64 = Buffer.from(binary).toString('base64');
const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
const text = `// Made by scripts/build-kernel.mjs from src/render/kernel/assembly; do not edit.\nexport const KERNEL_BASE64 =\n${lines
  .map((line) => `  '${line}'`)
  .join(' +\n')};\n`;

if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write('expected kernel-bytes.ts to equal a fresh build, got a difference: run node scripts/build-kernel.mjs\n');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
  process.stdout.write(`kernel: ${binary.length} bytes\n`);
}
