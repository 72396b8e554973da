import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platen } from '../support/platen-cli.ts';
import { RunningPlaten } from '../support/running-platen.ts';

describe('designs of the library in a running service', () => {
  let service: RunningPlaten;
  beforeAll(async () => {
    service = await RunningPlaten.start(['serve'], {});
  });
  afterAll(() => service.remove());

  it('are listed, and say what they ask', async () => {
    const list = await service.call('GET', '/v1/designs');
    expect(list.json.items).toContainEqual(expect.objectContaining({ id: 'song-mug', product: 'mug-11oz' }));
    const schema = await service.call('GET', '/v1/designs/song-mug/schema');
    expect(schema.json).toMatchObject({ type: 'object', required: expect.arrayContaining(['title']) });
    const form = await service.call('POST', '/v1/designs/song-mug/form', { language: 'de' });
    expect(form.json.fields).toContainEqual(expect.objectContaining({ id: 'title', kind: 'text', shown: true, required: true }));
    expect((await service.call('GET', '/v1/designs/no-such')).status).toBe(404);
  });

  it('are seen with answers in the address, and without them as a sample', async () => {
    const address = '/v1/previews/song-mug?view=front&width=300&field.title=Our%20song&field.artist=Zo%C3%AB&sample=true';
    const answer = await fetch(`${service.url}${address}`, { headers: { authorization: `Bearer ${service.token}`, accept: 'image/png' } });
    expect(answer.status).toBe(200);
    const { width, format } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([width, format]).toEqual([300, 'png']);
    const bare = await service.call('GET', '/v1/previews/song-mug');
    expect(bare.json).toMatchObject({ status: 422, code: 'answers.refused' });
    expect(bare.json.errors).toContainEqual(expect.objectContaining({ pointer: '/title' }));
  });

  it('become jobs when an order names them, and need attention when an answer is missing', async () => {
    const filled = await platen(['designs', 'fill', 'song-mug', '--sample']);
    expect(filled.code).toBe(0);
    const order = {
      source: 'my-shop',
      reference: '1043',
      lines: [
        { line: '1', design: 'song-mug', fields: { Title: 'Our song', artist: 'Zoë', link: 'https://example.com/s/1' } },
        { line: '2', design: 'song-mug', fields: { artist: 'Zoë' } },
        { line: '3', design: 'no-such', fields: {} },
      ],
    };
    const answer = await service.call('POST', '/v1/orders', order);
    const lines = answer.json.lines as readonly { line: string; jobId: string; state: string }[];
    expect(lines.map(({ state }) => state)).toEqual(['queued', 'needs_attention', 'needs_attention']);
    const problems = await Promise.all(
      lines.slice(1).map(async ({ jobId }) => (await service.call('GET', `/v1/jobs/${jobId}`)).json.problem),
    );
    expect(problems).toMatchObject([{ code: 'answers.refused' }, { code: 'design.unknown' }]);
    const done = await service.call('GET', `/v1/jobs/${lines[0]?.jobId}`, undefined, { Prefer: 'wait=25' });
    expect(done.json).toMatchObject({ state: 'succeeded', product: 'mug-11oz' });
  });

  it('are jobs of their own, and rows of a batch', async () => {
    const body = {
      design: 'song-mug',
      answers: { title: 'Ours', artist: 'Zoë', link: 'https://example.com/s/1' },
      options: { only: 'preview' },
    };
    const job = await service.call('POST', '/v1/jobs', body, { Prefer: 'wait=25' });
    expect([job.status, job.json.state]).toEqual([200, 'succeeded']);
    const spec = (await service.call('GET', `/v1/jobs/${job.json.id}?include=spec`)).json.spec;
    expect(spec).toMatchObject({ product: 'mug-11oz', design: { id: 'song-mug' } });
    const wrong = await service.call('POST', '/v1/jobs', { design: 'song-mug', answers: {} });
    expect(wrong.json).toMatchObject({ status: 422, code: 'answers.refused' });
    expect(wrong.json.errors).toContainEqual(expect.objectContaining({ pointer: '/answers/title' }));
    const batch = await service.call('POST', '/v1/batches', { items: [body, { design: 'song-mug' }, { design: 'no-such' }] });
    expect(batch.json).toMatchObject({
      accepted: 1,
      rejected: 2,
      errors: [
        { row: 2, code: 'answers.refused' },
        { row: 3, code: 'design.unknown' },
      ],
    });
  });
});
