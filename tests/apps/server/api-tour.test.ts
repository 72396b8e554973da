import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isFinal } from '../../../src/jobs/job.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type Api, startApi } from './support/api-server.ts';
import { ARTIFACT, finishJob } from './support/finish-job.ts';

/** A WebP picture of one pixel. */
const WEBP = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=', 'base64');

let api: Api;
let working = true;
let worker: Promise<void>;
beforeAll(async () => {
  api = await startApi({ parts: () => ({ previews: async () => ({ bytes: WEBP, mediaType: 'image/webp', findings: [] }) }) });
  worker = work();
});
afterAll(async () => {
  working = false;
  await worker;
  await api.close();
});

/** Finishes first jobs as a worker would; what is rendered again waits until it is called off. */
const work = async (): Promise<void> => {
  while (working) {
    const waiting = await api.parts.ledger.jobs.list('acme', { state: ['queued'] }, { limit: 50 });
    for (const job of waiting) if (job.rerenderOf === null && job.batchId === null) await finishJob(api, job.id, 'wrap-sublimation.png');
    await new Promise((done) => setTimeout(done, 20));
  }
};

const run = promisify(execFile);
const has = (program: string): boolean => (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, program)));

describe.runIf(has('curl') && has('jq') && has('bash'))('docs/api.md', () => {
  it('has lines that run as they stand', async () => {
    const page = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
    const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
    expect(blocks.length).toBeGreaterThan(10);
    const script = ['set -euo pipefail', ...blocks].join('\n');
    const folder = await temporaryFolder();
    const env = { PATH: process.env.PATH, HOME: folder, PLATEN: api.url, KEY: await api.key(['admin']) };
    const { stdout, stderr } = await run('bash', ['-c', script], { cwd: folder, env });
    expect(stderr).toBe('');
    const jobs = await api.parts.ledger.jobs.list('acme', {}, { limit: 50 });
    const first = jobs.find(({ origin, rerenderOf }) => origin?.reference === '1042' && rerenderOf === null);
    expect(first && isFinal(first.state)).toBe(true);
    expect(stdout).toContain('"/spec/placements/0/method"');
    expect(stdout.split('\n').filter((line) => line === first?.id)).toHaveLength(2);
    expect(stdout).toContain('succeeded\n1\n');
    expect(stdout).toMatch(/"queued": 2/);
    expect(stdout).toMatch(/upload:ast_\w+/);
    expect(stdout).toMatch(/ready\npreview\n$/);
    expect((await stat(join(folder, 'wrap-sublimation.png'))).size).toBe(ARTIFACT.length);
    expect((await readFile(join(folder, 'preview.webp'))).equals(WEBP)).toBe(true);
    expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe('{}\n');
  });
});
