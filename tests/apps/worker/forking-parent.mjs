/** Forks the script it is given, tells its pid, and waits to be killed. */
import { fork } from 'node:child_process';

const child = fork(process.argv[2], [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
child.stderr.once('data', () => process.stdout.write(`${child.pid}\n`));
setInterval(() => undefined, 1000);
