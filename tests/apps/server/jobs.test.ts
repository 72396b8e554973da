import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Api, mugSpec, startApi } from './support/api-server.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('submitting a job', () => {
  it('answers 202 with the job and where it is', async () => {
    const answer = await api.call('POST', '/v1/jobs', { json: { spec: mugSpec(), metadata: { shop: 'de' } } });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/v1/jobs/${answer.json.id}`);
    expect(answer.json).toMatchObject({ state: 'queued', lane: 'interactive', product: 'mug-11oz', metadata: { shop: 'de' }, revision: 1 });
  });
});
