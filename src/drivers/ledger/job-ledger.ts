import type { JobLedger } from '../../jobs/ledger.ts';
import type { LedgerStore } from './ledger-store.ts';
import { noteMessage, sweepMessages } from './order-messages.ts';
import * as read from './read-jobs.ts';
import { recoverJobs } from './recover-jobs.ts';
import { cancelJob, claimJob, finishJob, renewJob } from './run-job.ts';
import { submitJobs } from './submit-jobs.ts';

export const openJobLedger = (store: LedgerStore): JobLedger => ({
  submit: (tenant, submission) => submitJobs(store, tenant, submission),
  get: (tenant, id) => store.read((db) => read.readJob(db, tenant, id)),
  byOrigin: (tenant, origin) => store.read((db) => read.readJobsByOrigin(db, tenant, origin)),
  list: (tenant, filter, page) => store.read((db) => read.listJobs(db, tenant, filter, page)),
  batch: (tenant, id) => store.read((db) => read.readBatch(db, tenant, id)),
  claim: (claim) => claimJob(store, claim),
  renew: (id, fence, renewal) => renewJob(store, id, fence, renewal),
  finish: (id, fence, outcome) => finishJob(store, id, fence, outcome),
  cancel: (tenant, id, how) => cancelJob(store, tenant, id, how),
  noteMessage: (tenant, message) => noteMessage(store, tenant, message),
  sweepMessages: (beforeMs, limit) => sweepMessages(store, beforeMs, limit),
  cancelRequested: (ids) => store.read((db) => read.cancelRequestedOf(db, ids)),
  recover: (rule) => recoverJobs(store, rule),
  waiting: (page) => store.read((db) => read.readWaiting(db, page)),
  counts: async () => {
    const nowMs = await store.now();
    return store.read((db) => read.countJobs(db, nowMs));
  },
  expired: (beforeMs, limit) => store.read((db) => read.readExpired(db, beforeMs, limit)),
  usedByOthers: (keys, ids) => store.read((db) => read.keysUsedByOthers(db, keys, ids)),
  remove: (ids) => store.write((db) => read.removeJobs(db, ids)),
});
