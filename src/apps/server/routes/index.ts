import type { Route } from '../route.ts';
import { getArtifact } from './artifacts.ts';
import { completeAsset, createAsset, getAsset, putAssetContent } from './assets.ts';
import { checkBatch, getBatch, submitBatch } from './batches.ts';
import { CATALOGUE_ROUTES } from './catalogue.ts';
import { designForm, fillDesign } from './designs.ts';
import { docsRoutes } from './docs.ts';
import { getFile, putFile } from './files.ts';
import { HEALTH_ROUTES } from './health.ts';
import { INBOUND_ROUTES } from './inbound.ts';
import { jobEvents } from './job-events.ts';
import { cancelJob, getJob, listJobs, rerenderJob, submitJob } from './jobs.ts';
import { KEY_ROUTES } from './keys.ts';
import { submitOrder } from './orders.ts';
import { makeCheck, makePreview, previewDesign } from './previews.ts';
import { WEBHOOK_ROUTES } from './webhooks.ts';

/** Every address of the API, in the order the docs tell them. */
export const ROUTES: readonly Route[] = [
  submitJob,
  getJob,
  listJobs,
  cancelJob,
  rerenderJob,
  jobEvents,
  getArtifact,
  makePreview,
  previewDesign,
  makeCheck,
  createAsset,
  getAsset,
  putAssetContent,
  completeAsset,
  submitBatch,
  checkBatch,
  getBatch,
  submitOrder,
  ...INBOUND_ROUTES,
  ...CATALOGUE_ROUTES,
  designForm,
  fillDesign,
  ...WEBHOOK_ROUTES,
  ...KEY_ROUTES,
  getFile,
  putFile,
  ...HEALTH_ROUTES,
  ...docsRoutes(() => ROUTES),
];
