/** A typed client of the HTTP API, for Node, edge runtimes and browsers. See docs/client.md. */
export type { Binary, components, paths, webhooks } from './api-types.ts';
export { type ClientOptions, createClient, type PlatenClient, unwrap } from './create-client.ts';
export type { Download, DownloadOptions } from './download.ts';
export { type Mistake, PlatenError } from './platen-error.ts';
export { type DesignSpec, isOver, type Job, type JobRequest, type SubmitOptions } from './submit-and-wait.ts';
export type { Asset, UploadBytes, UploadOptions, UploadType } from './upload.ts';
export { type PlatenEvent, type VerifyOptions, verifyWebhook, type WebhookHeaders } from './verify-webhook.ts';
