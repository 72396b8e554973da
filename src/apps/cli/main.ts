#!/usr/bin/env node
import { setMaxListeners } from 'node:events';
import { CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { buildProgram } from './program.ts';

const interrupt = new AbortController();
// An order of many drawings reads them side by side, and each listens.
setMaxListeners(0, interrupt.signal);
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());
// A reader that closed early (`platen fonts list | head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = buildProgram(
  { out: process.stdout, err: process.stderr, stdin: process.stdin, env: process.env, cwd: process.cwd(), signal: interrupt.signal },
  (code) => {
    process.exitCode = code;
  },
);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  const failed = error.exitCode !== 0;
  if (failed && process.argv.includes('--json')) {
    const message = error.message.replace(/^error: /, '');
    process.stdout.write(`${JSON.stringify({ event: 'error', code: 'usage.invalid', message })}\n`);
  }
  process.exitCode = error.code === 'commander.helpDisplayed' || error.code === 'commander.version' ? EXIT.done : error.exitCode;
}

// A connection that somebody left open must not keep a finished command alive; what is printed is read first.
setInterval(() => {
  if (process.stdout.writableLength === 0) process.exit();
}, 3000).unref();
