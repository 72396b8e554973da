import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONTENT_PROBLEM, isListed, problemLink, problemTypeOf } from '../../../src/apps/server/problems/problem-types.ts';

const ROOT = new URL('../../../src/', import.meta.url).pathname;
/** Where problems of the service come from; what the core says is about the content of a spec. */
const FOLDERS = [
  'apps/server',
  'apps/worker',
  'jobs',
  'drivers/ledger',
  'drivers/queue',
  'drivers/store',
  'drivers/net',
  'drivers/resources',
];

/** What can be wrong with the things that a spec names. */
const ABOUT_CONTENT = new Set(
  'data-url file font image method output product profile resource source svg view what.no-record what.unknown'.split(' '),
);

/** Codes that never reach an answer, and why. */
const NEVER_ANSWERED: Readonly<Record<string, string>> = {
  'approval.answer': 'stands in a job that needs attention, or in the log',
  'approval.status': 'stands in a job that needs attention, or in the log',
  'approval.timeout': 'stands in a job that needs attention, or in the log',
  'approval.unreachable': 'stands in a job that needs attention, or in the log',
  'callback.id': 'a message id is made by us',
  'callback.secret': 'an endpoint secret is made by us, and checked when a message is signed',
  'callback.unsigned': 'thrown to receivers by the library',
  'config.address-range': 'at start',
  'config.host-pattern': 'at start',
  'config.master-key': 'at start',
  'order.changed-too-late': 'stands in a job that needs attention',
  'endpoint.corrupt': 'in the log of deliveries',
  'endpoint.encoding': 'in the log of deliveries',
  'endpoint.headers': 'in the log of deliveries',
  'endpoint.protocol': 'in the log of deliveries',
  'endpoint.timeout': 'in the log of deliveries',
  'endpoint.tls': 'in the log of deliveries',
  'endpoint.too-large': 'in the log of deliveries',
  'endpoint.unknown': 'answered as webhook.unknown',
  'endpoint.unreachable': 'in the log of deliveries',
  'ledger.newer': 'at start',
  'ledger.sqlite': 'at start',
  'queue.other-ledger': 'at start',
  'quota.exceeded': 'answered as quota.jobs',
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(ROOT, folder, name));

/** Purposes of requests to the outside stand for the first word of their codes. */
const namesOf = (code: string): readonly string[] => {
  if (/^\$\{[\w.]*purpose\}/.test(code)) return ['endpoint', 'source'].map((purpose) => code.replace(/^\$\{[^}]*\}/, purpose));
  return [code.replace(/^\$\{what\}/, 'what')];
};

const thrown = new Set(
  FOLDERS.flatMap(filesBelow).flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const made = [...text.matchAll(/new (?:Http)?Problem\(\s*(['"`])([^'"`]+)\1/g)].map(([, , code]) => code ?? '');
    const named = [...text.matchAll(/'((?:store|ledger|queue|render|order)\.[a-z-]+)'/g)].map(([, code]) => code ?? '');
    return [...made, ...named].flatMap(namesOf);
  }),
);

const isAboutContent = (code: string): boolean => ABOUT_CONTENT.has(code) || ABOUT_CONTENT.has(code.split('.')[0] ?? '');

describe('every problem that the service can answer', () => {
  it('is told in the list of problems, or is about the content of a spec', () => {
    expect(thrown.size).toBeGreaterThan(60);
    const missing = [...thrown].filter((code) => !isListed(code) && !isAboutContent(code) && !(code in NEVER_ANSWERED));
    expect(missing).toEqual([]);
  });

  it('is excused only when there is such a problem, and it is not listed', () => {
    const stale = Object.keys(NEVER_ANSWERED).filter((code) => !thrown.has(code) || isListed(code));
    expect(stale).toEqual([]);
  });

  it.each([
    ['store.denied', 503],
    ['store.missing-bucket', 503],
    ['store.unavailable', 503],
    ['store.full', 507],
    ['store.incomplete', 500],
    ['store.layout', 500],
    ['store.range', 416],
    ['store.key', 422],
    ['order.busy', 503],
    ['seal.unreadable', 500],
    ['ledger.text', 422],
    ['endpoint.address-refused', 422],
  ])('has a status that says whose fault it is: %s %i', (code, status) => {
    expect(problemTypeOf(code, 'never').status).toBe(status);
    expect(problemLink(code)).toBe(`/docs/problems#${code}`);
  });

  it('leads to the words that fit it when it is not listed', () => {
    expect(problemTypeOf('image.corrupt', 'never')).toBe(CONTENT_PROBLEM);
    expect(problemLink('image.corrupt', 'never')).toBe('/docs/problems#content');
    expect(problemTypeOf('sandbox.timeout', 'later').status).toBe(503);
    expect(problemLink('sandbox.timeout', 'later')).toBe('/docs/problems#service.unavailable');
  });
});
