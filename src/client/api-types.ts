// Written by scripts/write-client.mjs from the OpenAPI document. Do not edit.

/** Bytes as they are. */
export type Binary = Blob | ArrayBuffer | Uint8Array;

export type paths = {
  '/v1/jobs': {
    /**
     * List jobs
     *
     * Newest first. There are no totals: follow `next`.
     */
    get: {
      parameters: {
        query?: {
          /** One or more of the states */
          state?: ('queued' | 'running' | 'succeeded' | 'needs_attention' | 'failed' | 'cancelled')[];
          /** Jobs of this batch */
          batch?: string;
          /** Jobs of this order */
          reference?: string;
          /** Jobs of orders from this system */
          source?: string;
          product?: string;
          /** Created then or later */
          since?: string;
          /** Created before */
          until?: string;
          /**
           * Entries on a page
           *
           * @default 50
           */
          limit?: number;
          /** From a `next` link; opaque, lives for a day */
          cursor?: string;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** One page */
        200: {
          headers: {
            /** The next page, rel="next" */
            Link?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['JobPage'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
    /**
     * Submit a job
     *
     * Renders one design spec, or a design with answers: production files, previews and mockups. The answer comes as soon as the job is safely written down. With `Prefer: wait=N` it waits up to N seconds for the job to be over.
     */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Yours, one for each request: the same key and body give the same answer for a week. 422 with another body, 409 while the first runs */
          'idempotency-key'?: string;
          /** `wait=N`: hold the answer back up to N seconds (25 at most) until there is news */
          prefer?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['JobRequest'];
        };
      };
      responses: {
        /** Over within the wait, or submitted before */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            /** Address of the job */
            Location?: string;
            /** The wait that was honoured */
            'Preference-Applied'?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Job'];
          };
        };
        /** Accepted */
        202: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            /** Address of the job */
            Location?: string;
            /** The wait that was honoured */
            'Preference-Applied'?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Job'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        409: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/v1/jobs/{id}': {
    /**
     * Look at a job
     *
     * With `Prefer: wait=N` the answer is held back until the job is over or, with `If-None-Match` too, until anything about it has changed.
     */
    get: {
      parameters: {
        query?: {
          /** Also answer the spec as it was accepted */
          include?: 'spec';
        };
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
          /** `wait=N`: hold the answer back up to N seconds (25 at most) until there is news */
          prefer?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The job */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            /** Address of the job */
            Location?: string;
            /** The wait that was honoured */
            'Preference-Applied'?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Job'];
          };
        };
        /** Still the version you have */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/jobs/{id}/cancel': {
    /**
     * Cancel a job
     *
     * A waiting job is cancelled at once; one that runs is told to stop, and its state says when it has.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** Cancelled */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            /** Address of the job */
            Location?: string;
            /** The wait that was honoured */
            'Preference-Applied'?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Job'];
          };
        };
        /** Told to stop */
        202: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            /** Address of the job */
            Location?: string;
            /** The wait that was honoured */
            'Preference-Applied'?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Job'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        409: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/jobs/{id}/rerender': {
    /**
     * Render a job again
     *
     * A new job from the same spec, for the same order line, with the same metadata and callback. Without options of its own it has those of that job: what somebody forced stays forced.
     */
    post: {
      parameters: {
        query?: never;
        header?: {
          /** Yours, one for each request: the same key and body give the same answer for a week. 422 with another body, 409 while the first runs */
          'idempotency-key'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: {
        content: {
          'application/json': components['schemas']['RerenderRequest'];
        };
      };
      responses: {
        /** Submitted before */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            /** Address of the job */
            Location?: string;
            /** The wait that was honoured */
            'Preference-Applied'?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Job'];
          };
        };
        /** Accepted */
        202: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            /** Address of the job */
            Location?: string;
            /** The wait that was honoured */
            'Preference-Applied'?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Job'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        409: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/jobs/{id}/events': {
    /**
     * Watch a job
     *
     * Server-sent events: one named `job`, with the job as data and its revision as id, now and after every change; the last one when the job is over, and then the stream ends. Comments in between keep the connection open. Come back with `Last-Event-ID` to hear only what is new: 204 when there can be no more news.
     */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** The last revision you have; anything else is passed over */
          'last-event-id'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The stream */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/event-stream': Binary;
          };
        };
        /** The job is over and you have its last revision */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/jobs/{id}/artifacts/{name}': {
    /**
     * Download a file of a job
     *
     * A redirect to a link that works for 15 minutes without a key, or the bytes themselves where the store has no links or `redirect=false` asks for them. `manifest.json` is a file as the others.
     */
    get: {
      parameters: {
        query?: {
          /**
           * false: the bytes from this very address
           *
           * @default true
           */
          redirect?: boolean;
        };
        header?: {
          /** One part, such as `bytes=0-1023`; several at once are answered with the whole file */
          range?: string;
          'if-range'?: string;
          'if-none-match'?: string;
        };
        path: {
          id: string;
          name: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The file */
        200: {
          headers: {
            /** sha256 of the file */
            ETag?: string;
            /** Its name */
            'Content-Disposition'?: string;
            [name: string]: unknown;
          };
          content: {
            '*/*': Binary;
          };
        };
        /** The part that was asked for */
        206: {
          headers: {
            /** Which part */
            'Content-Range'?: string;
            [name: string]: unknown;
          };
          content: {
            '*/*': Binary;
          };
        };
        /** Where the bytes are */
        302: {
          headers: {
            /** The link */
            Location?: string;
            [name: string]: unknown;
          };
          content?: never;
        };
        /** You have it already */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        416: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/previews': {
    /**
     * Make one picture
     *
     * A mockup view or the flat art of a spec, at once and without production files. The Accept header picks the format; flat art is always PNG. With `Accept: application/json` the picture comes as a data URL beside its findings.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['PreviewRequest'];
        };
      };
      responses: {
        /** The picture; findings are counted in a header, or told in full when JSON is asked for */
        200: {
          headers: {
            /** errors=N, warnings=N, infos=N */
            'Platen-Findings'?: string;
            [name: string]: unknown;
          };
          content: {
            'image/jpeg': Binary;
            'image/png': Binary;
            'image/webp': Binary;
            'image/avif': Binary;
            'application/json': components['schemas']['PreviewAnswer'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/previews/{design}': {
    /**
     * A picture of a design with answers
     *
     * An address that can be cached: the same design, answers and size give the same picture. Answers are parameters named `field.<name>`, data `data.<path>`. `sample=true` takes what is missing from the first example of the design.
     */
    get: {
      parameters: {
        query?: {
          view?: string;
          /** @default 800 */
          width?: number;
          height?: number;
          /** @default "false" */
          sample?: 'true' | 'false';
        };
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          design: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The picture; findings are counted in a header, or told in full when JSON is asked for */
        200: {
          headers: {
            /** errors=N, warnings=N, infos=N */
            'Platen-Findings'?: string;
            /** Version of the picture */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'image/jpeg': Binary;
            'image/png': Binary;
            'image/webp': Binary;
            'image/avif': Binary;
          };
        };
        /** You have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/checks': {
    /**
     * Check a spec
     *
     * Preflight alone: what stands in the way of printing, and what is worth a look. Nothing is rendered.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['CheckRequest'];
        };
      };
      responses: {
        /** The findings, errors first; pointers are into the spec */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['CheckAnswer'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/assets': {
    /**
     * Upload a picture or a machine file
     *
     * Send the file as the body or in a form, and name it in specs by its `source`. Large files go straight to the store: announce length and digest as JSON, PUT the bytes to the address in the answer, then complete the upload.
     */
    post: {
      parameters: {
        query?: {
          /** Your name for it; never part of an address or key */
          name?: string;
        };
        header?: {
          /** Yours, one for each request: the same key and body give the same answer for a week. 422 with another body, 409 while the first runs */
          'idempotency-key'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['AssetRequest'];
          'multipart/form-data': {
            file: Binary;
            /** Your name for it; never part of an address or key */
            name?: string;
          };
          'image/png': Binary;
          'image/jpeg': Binary;
          'image/webp': Binary;
          'image/tiff': Binary;
          'image/svg+xml': Binary;
          'application/octet-stream': Binary;
        };
      };
      responses: {
        /** Sent before */
        200: {
          headers: {
            /** Address of the upload */
            Location?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Asset'];
          };
        };
        /** Stored, or announced */
        201: {
          headers: {
            /** Address of the upload */
            Location?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Asset'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        408: Refusal;
        409: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/v1/assets/{id}': {
    /** Look at an upload */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The upload */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Asset'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/assets/{id}/content': {
    /**
     * Send the bytes of an announced upload
     *
     * Where the store has no upload links of its own, answers to POST /v1/assets name this address.
     */
    put: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'image/png': Binary;
          'image/jpeg': Binary;
          'image/webp': Binary;
          'image/tiff': Binary;
          'image/svg+xml': Binary;
          'application/octet-stream': Binary;
        };
      };
      responses: {
        /** Stored */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Asset'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/v1/assets/{id}/complete': {
    /**
     * Complete an announced upload
     *
     * Looks at what arrived: length, digest and kind must be as announced. Harmless when done twice.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** Ready for specs */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Asset'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        409: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/batches': {
    /**
     * Submit many jobs
     *
     * As newline-delimited JSON with a row on each line, as a JSON list of up to 8 MB, or as a table for a design: CSV, or rows by heading. Rows that cannot be accepted are told with their mistakes; the others become jobs, all in one go.
     */
    post: {
      parameters: {
        query?: {
          /** Of the rows of a CSV table that have no column "design" */
          design?: string;
          /**
           * The rows of a CSV table are the players of a team
           *
           * @default false
           */
          roster?: boolean;
          /**
           * true: accept nothing when a row cannot be accepted
           *
           * @default false
           */
          allOrNone?: boolean;
          /**
           * Interactive jobs go before batch jobs
           *
           * @default "batch"
           */
          lane?: 'interactive' | 'batch';
        };
        header?: {
          /** Yours, one for each request: the same key and body give the same answer for a week. 422 with another body, 409 while the first runs */
          'idempotency-key'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['BatchRequest'];
          'application/x-ndjson': components['schemas']['BatchRow'];
          'text/csv': Binary;
        };
      };
      responses: {
        /** Submitted before */
        200: {
          headers: {
            /** Address of the batch */
            Location?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['BatchAccepted'];
          };
        };
        /** Accepted, but for the rows in errors */
        202: {
          headers: {
            /** Address of the batch */
            Location?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['BatchAccepted'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        409: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/v1/batches/check': {
    /**
     * Check many jobs
     *
     * Takes what `POST /v1/batches` takes, and tells all that is wrong with each row: fields, numbers that two players have, names that are not printed. Nothing becomes a job; pictures and fonts are not looked for.
     */
    post: {
      parameters: {
        query?: {
          /** Of the rows of a CSV table that have no column "design" */
          design?: string;
          /**
           * The rows of a CSV table are the players of a team
           *
           * @default false
           */
          roster?: boolean;
        };
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['BatchRequest'];
          'application/x-ndjson': components['schemas']['BatchRow'];
          'text/csv': Binary;
        };
      };
      responses: {
        /** What stands in the way of each row */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['BatchChecked'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/v1/batches/{id}': {
    /**
     * Look at a batch
     *
     * How many of its jobs are in which state; the jobs themselves are at `links.jobs`.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The batch */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Batch'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/orders': {
    /**
     * Submit an order
     *
     * One job for each line, named for ever by source, reference and line: the same order may come again and again. A line that cannot be rendered as it came becomes a job that needs attention; it is never a blank print.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['Order'];
        };
      };
      responses: {
        /** What became of each line */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['OrderAnswer'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/v1/inbound/shopify': {
    /**
     * Webhook of a Shopify shop
     *
     * Takes order webhooks as they are. The shop is known by x-shopify-shop-domain and proven by the signature over the raw body in x-shopify-hmac-sha256; no key is asked.
     */
    post: {
      parameters: {
        query?: never;
        header?: {
          'x-shopify-shop-domain'?: string;
          'x-shopify-hmac-sha256'?: string;
          'x-shopify-topic'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': Binary;
          'application/x-www-form-urlencoded': Binary;
        };
      };
      responses: {
        /** What became of each line, or why there was nothing to do */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['OrderAnswer'] | components['schemas']['OrderIgnored'];
          };
        };
        400: Refusal;
        401: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/v1/inbound/woocommerce': {
    /**
     * Webhook of a WooCommerce shop
     *
     * Takes order webhooks as they are. The shop is known by x-wc-webhook-source and proven by the signature over the raw body in x-wc-webhook-signature; no key is asked.
     */
    post: {
      parameters: {
        query?: never;
        header?: {
          'x-wc-webhook-source'?: string;
          'x-wc-webhook-signature'?: string;
          'x-wc-webhook-topic'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': Binary;
          'application/x-www-form-urlencoded': Binary;
        };
      };
      responses: {
        /** What became of each line, or why there was nothing to do */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['OrderAnswer'] | components['schemas']['OrderIgnored'];
          };
        };
        400: Refusal;
        401: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/v1/products': {
    /** List products */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: components['schemas']['ProductSummary'][];
            };
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/products/{id}': {
    /**
     * Look at a product
     *
     * Its options, components and placements with their sizes, and its mockup views.
     */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['ProductWithViews'];
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/products/{id}/schema': {
    /**
     * JSON Schema of specs for a product
     *
     * The schema of design specs, narrowed to the choices of this product.
     */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['JsonSchema'];
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/methods': {
    /** List decoration methods */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: components['schemas']['MethodSummary'][];
            };
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/methods/{id}': {
    /** Look at a decoration method */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['MethodSummary'];
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/methods/{id}/schema': {
    /** JSON Schema of the settings of a method */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['JsonSchema'];
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/fonts': {
    /** List font families */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: components['schemas']['FontFamily'][];
            };
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/fonts/{id}': {
    /** Look at a font family */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['FontFamily'];
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/palettes': {
    /**
     * List palettes
     *
     * Threads, foils, inks and vinyls.
     */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: components['schemas']['Palette'][];
            };
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/palettes/{id}': {
    /** Look at a palette */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Palette'];
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/designs': {
    /** List designs */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: components['schemas']['DesignSummary'][];
            };
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/designs/{id}': {
    /** Look at a design */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Design'];
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/designs/{id}/schema': {
    /** JSON Schema of the answers to a design */
    get: {
      parameters: {
        query?: never;
        header?: {
          /** ETag of what you have: 304 while it is still the newest */
          'if-none-match'?: string;
        };
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** As of now */
        200: {
          headers: {
            /** Version of the answer */
            ETag?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['JsonSchema'];
          };
        };
        /** As you have it */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/designs/{id}/form': {
    /**
     * The form of a design
     *
     * Fields in order, their texts in one language, and what is shown, required and to be had after the answers so far.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['FormRequest'];
        };
      };
      responses: {
        /** The fields */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Form'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/designs/{id}/fill': {
    /**
     * Fill a design
     *
     * The design spec that answers and data make, all that is wrong with them, and which rule chose what. Nothing is rendered.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['FillRequest'];
        };
      };
      responses: {
        /** The spec, or the findings that stand in its way */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['FilledDesign'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/webhooks': {
    /** List webhooks */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** All of them */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: components['schemas']['Webhook'][];
            };
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
    /**
     * Subscribe to events
     *
     * Messages follow Standard Webhooks. The secret that signs them is in this answer and in no other.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['WebhookRequest'];
        };
      };
      responses: {
        /** Subscribed */
        201: {
          headers: {
            /** Address of the webhook */
            Location?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['WebhookWithSecret'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/callback-secrets': {
    /**
     * What callbacks of jobs are signed with
     *
     * Callbacks that a job names with `callbackUrl` are signed with a secret of your tenant: the first one, and the second too while keys turn over.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** Newest first */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              secrets: string[];
            };
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/webhooks/{id}': {
    /** Look at a webhook */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The webhook */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Webhook'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
    /** Remove a webhook */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** Removed */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
    /**
     * Change a webhook
     *
     * What is left out stays. `enabled: true` also wakes one that was disabled because it failed.
     */
    patch: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['WebhookChange'];
        };
      };
      responses: {
        /** Changed */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Webhook'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/webhooks/{id}/rotate': {
    /**
     * Make a new secret for a webhook
     *
     * For 24 hours messages are signed with the old one, too.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The new secret */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['WebhookWithSecret'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/webhooks/{id}/deliveries': {
    /**
     * List what was sent to a webhook
     *
     * Newest first, each with its attempts and what was answered.
     */
    get: {
      parameters: {
        query?: {
          state?: ('pending' | 'delivered' | 'failed')[];
          job?: string;
          /**
           * Entries on a page
           *
           * @default 50
           */
          limit?: number;
          /** From a `next` link; opaque, lives for a day */
          cursor?: string;
        };
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** One page */
        200: {
          headers: {
            /** The next page, rel="next" */
            Link?: string;
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['DeliveryPage'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/webhooks/{id}/deliveries/{delivery}/replay': {
    /**
     * Send one message again
     *
     * Under its own webhook-id, so that receivers recognise it.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
          delivery: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** Due at once */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Delivery'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        409: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/webhooks/{id}/recover': {
    /**
     * Send again all that failed
     *
     * Everything that was given up since then, 14 days at most.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['RecoverRequest'];
        };
      };
      responses: {
        /** How many messages are due again */
        202: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              replayed: number;
            };
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        408: Refusal;
        409: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/keys': {
    /** List the keys of your tenant */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** All of them, revoked ones too */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              items: components['schemas']['Key'][];
            };
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
    /**
     * Make a key
     *
     * For your own tenant. The token is in this answer and in no other. Keys for browsers have the scope `preview` alone and name the origins of their pages.
     */
    post: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': components['schemas']['KeyRequest'];
        };
      };
      responses: {
        /** Made */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['KeyWithToken'];
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        408: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/v1/keys/{id}': {
    /**
     * Revoke a key
     *
     * At once and for good.
     */
    delete: {
      parameters: {
        query?: never;
        header?: never;
        path: {
          id: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** Revoked */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        404: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/files/{key}': {
    /**
     * Follow a link to a file
     *
     * Links come from the API and work for minutes. They need no key: who has one may use it.
     */
    get: {
      parameters: {
        query: {
          expires: string;
          name: string;
          signature: string;
        };
        header?: {
          /** One part, such as `bytes=0-1023`; several at once are answered with the whole file */
          range?: string;
          'if-range'?: string;
          'if-none-match'?: string;
        };
        path: {
          key: string;
        };
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The file */
        200: {
          headers: {
            /** sha256 of the file */
            ETag?: string;
            /** Its name */
            'Content-Disposition'?: string;
            [name: string]: unknown;
          };
          content: {
            '*/*': Binary;
          };
        };
        /** The part that was asked for */
        206: {
          headers: {
            /** Which part */
            'Content-Range'?: string;
            [name: string]: unknown;
          };
          content: {
            '*/*': Binary;
          };
        };
        /** You have it already */
        304: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        400: Refusal;
        403: Refusal;
        404: Refusal;
        406: Refusal;
        416: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
    /**
     * Follow a link to upload a file
     *
     * Exactly the bytes that were announced when the link was made. Links work for five minutes.
     */
    put: {
      parameters: {
        query: {
          bytes: string;
          expires: string;
          sha256: string;
          type: string;
          signature: string;
        };
        header?: never;
        path: {
          key: string;
        };
        cookie?: never;
      };
      requestBody: {
        content: {
          '*/*': Binary;
        };
      };
      responses: {
        /** Stored */
        201: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              /** sha256, lower-case hex */
              sha256: string;
              bytes: number;
            };
          };
        };
        400: Refusal;
        403: Refusal;
        406: Refusal;
        408: Refusal;
        409: Refusal;
        413: Refusal;
        415: Refusal;
        422: Refusal;
        500: Refusal;
        503: Refusal;
        507: Refusal;
      };
    };
  };
  '/livez': {
    /** Is the process alive? */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** It is */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              status: 'ok';
            };
          };
        };
        406: Refusal;
      };
    };
  };
  '/healthz': {
    /** Is the process alive? */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** It is */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': {
              status: 'ok';
            };
          };
        };
        406: Refusal;
      };
    };
  };
  '/readyz': {
    /**
     * Can it take work?
     *
     * Whether everything that is needed can be reached and nobody has told it to stop. Reasons are in the log alone.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** It can */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Readiness'];
          };
        };
        406: Refusal;
        /** Not now */
        503: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': components['schemas']['Readiness'];
          };
        };
      };
    };
  };
  '/metrics': {
    /**
     * Figures for Prometheus
     *
     * The service can also show them on a port of their own, without a key.
     */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** In the text format */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            '*/*': Binary;
          };
        };
        400: Refusal;
        401: Refusal;
        403: Refusal;
        406: Refusal;
        429: Refusal;
        500: Refusal;
        503: Refusal;
      };
    };
  };
  '/openapi.json': {
    /** This API as an OpenAPI 3.1 document */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** The document */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'application/json': Record<string, unknown>;
          };
        };
        406: Refusal;
      };
    };
  };
  '/docs': {
    /** This API to read */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** A page */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/html': Binary;
          };
        };
        406: Refusal;
      };
    };
  };
  '/docs/problems': {
    /** Every problem that an answer can have */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** A page */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/html': Binary;
          };
        };
        406: Refusal;
      };
    };
  };
  '/docs/style.css': {
    /** How the docs look */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** A style sheet */
        200: {
          headers: {
            [name: string]: unknown;
          };
          content: {
            'text/css': Binary;
          };
        };
        406: Refusal;
      };
    };
  };
  '/': {
    /** To the docs */
    get: {
      parameters: {
        query?: never;
        header?: never;
        path?: never;
        cookie?: never;
      };
      requestBody?: never;
      responses: {
        /** To the docs */
        302: {
          headers: {
            /** /docs */
            Location?: string;
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
  };
};

export type webhooks = {
  'job.succeeded': {
    /**
     * All files of a job are there
     *
     * Signed as Standard Webhooks say. Answer with any 2xx within 20 seconds; everything else is tried again for three days.
     */
    post: {
      parameters: {
        query?: never;
        header: {
          /** The same over retries: what was seen before may be passed over */
          'webhook-id': string;
          /** Seconds since 1970, of this attempt */
          'webhook-timestamp': string;
          /** `v1,` and base64 of HMAC-SHA256; several with spaces between while a secret turns over */
          'webhook-signature': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            type: 'job.succeeded';
            /** Of the event, not of the attempt */
            timestamp: string;
            data: components['schemas']['JobEvent'];
          };
        };
      };
      responses: {
        /** Taken */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** No more of these, please: the webhook is disabled */
        410: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
  };
  'job.failed': {
    /**
     * A job was given up
     *
     * Signed as Standard Webhooks say. Answer with any 2xx within 20 seconds; everything else is tried again for three days.
     */
    post: {
      parameters: {
        query?: never;
        header: {
          /** The same over retries: what was seen before may be passed over */
          'webhook-id': string;
          /** Seconds since 1970, of this attempt */
          'webhook-timestamp': string;
          /** `v1,` and base64 of HMAC-SHA256; several with spaces between while a secret turns over */
          'webhook-signature': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            type: 'job.failed';
            /** Of the event, not of the attempt */
            timestamp: string;
            data: components['schemas']['JobEvent'];
          };
        };
      };
      responses: {
        /** Taken */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** No more of these, please: the webhook is disabled */
        410: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
  };
  'job.needs_attention': {
    /**
     * A person must look at a job: no production file was made
     *
     * Signed as Standard Webhooks say. Answer with any 2xx within 20 seconds; everything else is tried again for three days.
     */
    post: {
      parameters: {
        query?: never;
        header: {
          /** The same over retries: what was seen before may be passed over */
          'webhook-id': string;
          /** Seconds since 1970, of this attempt */
          'webhook-timestamp': string;
          /** `v1,` and base64 of HMAC-SHA256; several with spaces between while a secret turns over */
          'webhook-signature': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            type: 'job.needs_attention';
            /** Of the event, not of the attempt */
            timestamp: string;
            data: components['schemas']['JobEvent'];
          };
        };
      };
      responses: {
        /** Taken */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** No more of these, please: the webhook is disabled */
        410: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
  };
  'job.cancelled': {
    /**
     * A job was called off
     *
     * Signed as Standard Webhooks say. Answer with any 2xx within 20 seconds; everything else is tried again for three days.
     */
    post: {
      parameters: {
        query?: never;
        header: {
          /** The same over retries: what was seen before may be passed over */
          'webhook-id': string;
          /** Seconds since 1970, of this attempt */
          'webhook-timestamp': string;
          /** `v1,` and base64 of HMAC-SHA256; several with spaces between while a secret turns over */
          'webhook-signature': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            type: 'job.cancelled';
            /** Of the event, not of the attempt */
            timestamp: string;
            data: components['schemas']['JobEvent'];
          };
        };
      };
      responses: {
        /** Taken */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** No more of these, please: the webhook is disabled */
        410: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
  };
  'endpoint.disabled': {
    /**
     * Another webhook of the tenant was disabled
     *
     * Signed as Standard Webhooks say. Answer with any 2xx within 20 seconds; everything else is tried again for three days.
     */
    post: {
      parameters: {
        query?: never;
        header: {
          /** The same over retries: what was seen before may be passed over */
          'webhook-id': string;
          /** Seconds since 1970, of this attempt */
          'webhook-timestamp': string;
          /** `v1,` and base64 of HMAC-SHA256; several with spaces between while a secret turns over */
          'webhook-signature': string;
        };
        path?: never;
        cookie?: never;
      };
      requestBody: {
        content: {
          'application/json': {
            type: 'endpoint.disabled';
            /** Of the event, not of the attempt */
            timestamp: string;
            data: components['schemas']['EndpointEvent'];
          };
        };
      };
      responses: {
        /** Taken */
        204: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
        /** No more of these, please: the webhook is disabled */
        410: {
          headers: {
            [name: string]: unknown;
          };
          content?: never;
        };
      };
    };
  };
};

export type components = {
  schemas: {
    JobEvent: {
      job: {
        id: string;
        state: 'queued' | 'running' | 'succeeded' | 'needs_attention' | 'failed' | 'cancelled';
        batchId: string | null;
        rerenderOf: string | null;
        origin: components['schemas']['OrderOrigin'];
        metadata: Record<string, string>;
        attempt: number;
        /** Milliseconds since 1970 */
        createdAtMs: number;
        /** Milliseconds since 1970 */
        finishedAtMs: number | null;
        problem: {
          code: string;
          message: string;
          pointer?: string;
          hint?: string;
          errors?: {
            pointer: string;
            message: string;
            hint?: string;
          }[];
        } | null;
        /** Of the job, below the address of the API */
        path: string;
      };
      /** The files of the job, without links that expire */
      artifacts: components['schemas']['EventArtifact'][];
      /** Grows for each job: a lower one is older news */
      sequence: number;
      /** There are more files than fit: the job has them all */
      truncated?: boolean;
    };
    /** The order line it is for: the same line with the same spec again gives the job that is there, with another spec 409 */
    OrderOrigin: {
      source: string;
      reference: string;
      line: string;
    } | null;
    EventArtifact: {
      /** File name, unique in the manifest */
      name: string;
      role: 'production' | 'mockup' | 'preview' | 'ticket' | 'report';
      mediaType: string;
      bytes: number;
      /** sha256, lower-case hex */
      sha256: string;
      placement?: string;
      view?: string;
      method?: string;
      widthMm?: number;
      heightMm?: number;
      bleedMm?: number;
      widthPx?: number;
      heightPx?: number;
      dpi?: number;
      pages?: number;
      mirrored?: boolean;
      /** Where to download it, below the address of the API */
      path: string;
    };
    EndpointEvent: {
      sequence: number;
      [name: string]: unknown;
    };
    Job: {
      id: string;
      state: 'queued' | 'running' | 'succeeded' | 'needs_attention' | 'failed' | 'cancelled';
      /** Interactive jobs go before batch jobs */
      lane: 'interactive' | 'batch';
      product: string | null;
      /** sha256, lower-case hex */
      specDigest: string;
      options: {
        /** Make these files alone */
        only?: 'production' | 'preview' | 'mockup';
        /** Make files although findings of severity error stand and without asking for an approval of the texts; the key needs the scope `force` or `admin`, else 403 `auth.scope` */
        force?: boolean;
      };
      origin: components['schemas']['OrderOrigin'];
      metadata: Record<string, string>;
      callbackUrl: string | null;
      batchId: string | null;
      rerenderOf: string | null;
      /** How often a worker has started it */
      attempt: number;
      cancelRequested: boolean;
      progress: {
        step: 'resolved' | 'checked' | 'made' | 'committed';
        /** The file that was made last */
        name?: string;
        done: number;
        total: number;
      } | null;
      /** Grows with every change */
      revision: number;
      /** RFC 3339, UTC */
      createdAt: string;
      /** RFC 3339, UTC */
      updatedAt: string;
      /** RFC 3339, UTC */
      startedAt: string | null;
      /** RFC 3339, UTC */
      finishedAt: string | null;
      /** Why it failed or needs attention; while queued again, why the last attempt failed */
      problem: {
        code: string;
        message: string;
        pointer?: string;
        hint?: string;
        errors?: {
          pointer: string;
          message: string;
          hint?: string;
        }[];
      } | null;
      artifacts: components['schemas']['JobArtifact'][];
      findings: components['schemas']['Finding'][];
      links: {
        self: string;
        events: string;
        manifest: string | null;
      };
      /** As it was accepted; only with include=spec */
      spec?: unknown;
    };
    JobArtifact: {
      /** File name, unique in the manifest */
      name: string;
      role: 'production' | 'mockup' | 'preview' | 'ticket' | 'report';
      mediaType: string;
      bytes: number;
      /** sha256, lower-case hex */
      sha256: string;
      placement?: string;
      view?: string;
      method?: string;
      widthMm?: number;
      heightMm?: number;
      bleedMm?: number;
      widthPx?: number;
      heightPx?: number;
      dpi?: number;
      pages?: number;
      mirrored?: boolean;
      /** Where to download it */
      href: string;
    };
    Finding: {
      /** error: not made; warning: made, look at it; info: for the record */
      severity: 'error' | 'warning' | 'info';
      /** Stable, dotted: "text.overflow" */
      code: string;
      /** JSON pointer into the design spec */
      pointer: string;
      /** What is wrong, in words a designer reads */
      message: string;
      /** What would mend it */
      hint?: string;
      measured?: number | string;
      required?: number | string;
      /** Unit of measured and required: mm, dpi, % */
      unit?: string;
      /** Where it can be mended safely; a spec accepts it by naming the code in "autofix" */
      autofix?: {
        /** What it does, in words a designer reads */
        title: string;
        set: {
          /** JSON pointer into the design spec */
          pointer: string;
          value?: unknown;
        }[];
      };
    };
    Problem: {
      /** Where the kind of problem is described */
      type: string;
      title: string;
      status: number;
      /** This very problem: "expected X for Y, got Z" */
      detail: string;
      /** Stable; what programs compare */
      code: string;
      /** As in X-Request-Id; tell it to who runs the service */
      requestId: string;
      /** JSON pointer into the body */
      pointer?: string;
      hint?: string;
      /** Every mistake at once */
      errors?: {
        /** JSON pointer into the body */
        pointer?: string;
        parameter?: string;
        header?: string;
        message: string;
        hint?: string;
      }[];
    };
    JobRequest: {
      spec?: components['schemas']['DesignSpec'];
      /** the id of a design, with */
      design?: string;
      /** By field of the design */
      answers?: Record<string, unknown>;
      /** What the business knows, by the paths the design declares */
      data?: Record<string, unknown>;
      options?: {
        /** Make these files alone */
        only?: 'production' | 'preview' | 'mockup';
        /** Make files although findings of severity error stand and without asking for an approval of the texts; the key needs the scope `force` or `admin`, else 403 `auth.scope` */
        force?: boolean;
      };
      origin?: components['schemas']['OrderOrigin'];
      /** Your own names and values, carried untouched */
      metadata?: Record<string, string>;
      /** Told when the job is over, besides the webhooks of the tenant */
      callbackUrl?: string;
      /**
       * Interactive jobs go before batch jobs
       *
       * @default "interactive"
       */
      lane?: 'interactive' | 'batch';
    };
    /** Platen design spec */
    DesignSpec: {
      $schema?: string;
      /** @default 1 */
      version?: 1;
      /** Product id; `platen products list` shows them */
      product: string;
      /** Option id to value id: {"size": "M", "colour": "black"} */
      variant?: Record<string, string>;
      /** Page count of a book or notebook: its spine width follows. Left out, a book has the pages that its text needs */
      pages?: number;
      /**
       * Shop profile that makes it; `standard` is built in
       *
       * @default "standard"
       */
      shop?: string;
      order?: {
        reference?: string;
        line?: string;
        /** @default 1 */
        quantity?: number;
      };
      /** The design it was filled from: set by Platen, and kept in the manifest */
      design?: {
        id: string;
        digest?: string;
        /** Fields whose answers a person of the shop must look at before it is made */
        held?: string[];
      };
      /** Title in the metadata of PDF files */
      title?: string;
      /** Date written into files (YYYY-MM-DD). Platen never writes the clock’s: the same spec gives the same bytes */
      date?: string;
      /** What is printed where; left out, the article is ordered by its components alone */
      placements?: components['schemas']['PlacementSpec'][];
      /** Parts of the product: {"handle": "#c2413a", "vamp": {"colour": "cream", "material": "leather"}} */
      components?: Record<
        string,
        | string
        | {
            /** "#rrggbb", or the id of one of the product’s colours for it */
            colour?: string;
            /** One of the product’s materials for it */
            material?: string;
          }
      >;
      mockups?: components['schemas']['Mockups'];
      /**
       * Also draw each placement on an artboard with cut, bleed, safe and keep-out lines
       *
       * @default false
       */
      proofs?: boolean;
      /** Also make a job ticket: what to build, what goes where, the files and a code to scan. Left out: as the shop profile says */
      ticket?: boolean;
      /**
       * Width of preview pictures in pixels
       *
       * @default 1000
       */
      previewWidth?: number;
      /** Which findings may be mended without asking: true for all that can be, or their codes: ["bleed.missing", "text.overflow"] */
      autofix?: boolean | string[];
      /** Bleed instead of the product’s, for one order */
      extraBleed?: number | string;
    };
    PlacementSpec: {
      /** A placement of the product: "front", "wrap", "cover" */
      placement: string;
      /** A decoration method that the placement takes: "dtg", "sublimation", "paper-print" */
      method: string;
      /** Settings of the method; the method’s own schema checks them */
      settings?: Record<string, unknown>;
      /** Painted over the whole bleed area, below all layers */
      background?:
        | components['schemas']['HexColour']
        | {
            /** Ink amounts in per cent: cyan, magenta, yellow, black */
            cmyk: [number, number, number, number];
          }
        | {
            /** Plate name, exactly as the press or cutter expects it */
            spot: string;
            /**
             * Per cent of the solid colour
             *
             * @default 100
             */
            tint?: number;
            /** What a screen shows for the solid colour */
            alternate:
              | components['schemas']['HexColour']
              | {
                  /** Ink amounts in per cent: cyan, magenta, yellow, black */
                  cmyk: [number, number, number, number];
                };
          }
        | {
            /** A swatch of the palette: "gold" */
            swatch: string;
            /** A palette of the library: "foils"; `platen palettes list` shows them */
            palette: string;
            /**
             * Per cent of the solid colour
             *
             * @default 100
             */
            tint?: number;
          }
        | {
            linear: {
              /**
               * Degrees clockwise; 0 runs left to right across the box
               *
               * @default 0
               */
              angle?: number;
              stops: {
                offset: number;
                colour: components['schemas']['Colour'];
                /** @default 1 */
                opacity?: number;
              }[];
            };
          }
        | {
            radial: {
              /** @default 0.5 */
              x?: number;
              /** @default 0.5 */
              y?: number;
              /** @default 0.5 */
              radius?: number;
              stops: {
                offset: number;
                colour: components['schemas']['Colour'];
                /** @default 1 */
                opacity?: number;
              }[];
            };
          };
      /**
       * What to do with pictures and fills that end at the trim: report them, extend their edge colours, or mirror them into the bleed
       *
       * @default "strict"
       */
      edge?: 'strict' | 'extend' | 'mirror';
      /** Of a placement of pages: on every page */
      layers?: components['schemas']['Layer'][];
      /** The pages of a book, for a placement that the product repeats: see docs/books.md */
      book?: {
        /**
         * Language of the text: divides words and chooses letter forms
         *
         * @default "en"
         */
        language?: string;
        /**
         * right: pages run from right to left, as in Arabic and Hebrew books
         *
         * @default "left"
         */
        binding?: 'left' | 'right';
        /** By name; "body" and "heading" are those of blocks that name none */
        styles?: Record<string, components['schemas']['BookStyle']>;
        masters?: Record<string, components['schemas']['BookMaster']>;
        sections: components['schemas']['BookSection'][];
        /** Master of pages that are left blank; default: bare paper */
        blank?: string;
        /**
         * Lines of a paragraph that stay together at the foot of a frame
         *
         * @default 2
         */
        orphans?: number;
        /**
         * Lines of a paragraph that stay together at the head of a frame
         *
         * @default 2
         */
        widows?: number;
      };
    };
    /** A colour on screen: "#rrggbb" or "#rgb" */
    HexColour: string;
    Colour:
      | components['schemas']['HexColour']
      | {
          /** Ink amounts in per cent: cyan, magenta, yellow, black */
          cmyk: [number, number, number, number];
        }
      | {
          /** Plate name, exactly as the press or cutter expects it */
          spot: string;
          /**
           * Per cent of the solid colour
           *
           * @default 100
           */
          tint?: number;
          /** What a screen shows for the solid colour */
          alternate:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              };
        }
      | {
          /** A swatch of the palette: "gold" */
          swatch: string;
          /** A palette of the library: "foils"; `platen palettes list` shows them */
          palette: string;
          /**
           * Per cent of the solid colour
           *
           * @default 100
           */
          tint?: number;
        };
    Layer:
      | {
          type: 'text';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /**
           * What to set; line breaks as \n. Or give runs
           *
           * @default ""
           */
          text?: string;
          /** Pieces with their own font, size or colour, in reading order; replaces text */
          runs?: components['schemas']['TextRun'][];
          /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
          font: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /**
           * Adds the bundled colour emoji font at the end of the list of fonts
           *
           * @default true
           */
          emoji?: boolean;
          /** Language of the text: decides letter case, word breaks and letter forms. Never taken from the machine */
          locale?: string;
          /**
           * Reading direction of a paragraph; auto: by its first letter
           *
           * @default "auto"
           */
          direction?: 'auto' | 'ltr' | 'rtl';
          /**
           * Height of the em square, "24pt" or mm
           *
           * @default 10
           */
          size?: number | string;
          fit?: components['schemas']['TextFit'];
          /** @default "center" */
          align?: 'start' | 'center' | 'end' | 'left' | 'right' | 'justify';
          /** @default "middle" */
          valign?: 'top' | 'middle' | 'bottom';
          /**
           * What valign lines up: the line height of the font, the capitals, or the letters actually there
           *
           * @default "font"
           */
          edge?: 'font' | 'cap' | 'ink';
          /**
           * Distance of baselines, times the size
           *
           * @default 1.2
           */
          leading?: number;
          /**
           * Extra space between letters in thousandths of an em
           *
           * @default 0
           */
          tracking?: number;
          /**
           * Extra space between letters, added to tracking
           *
           * @default 0
           */
          trackingMm?: number | string;
          /**
           * title raises the first letter of every word and leaves the others
           *
           * @default "none"
           */
          case?: 'none' | 'upper' | 'lower' | 'title';
          /** OpenType features: {"liga": 0} turns ligatures off, {"ss01": 1} turns a set on */
          features?: Record<string, number>;
          /** Axes of a variable font: {"wdth": 85} */
          axes?: Record<string, number>;
          /** @default {"kind":"straight"} */
          placement?:
            | {
                kind: 'straight';
              }
            | {
                kind: 'arc';
                /**
                 * top: letters stand on the circle; bottom: they hang inside it, upright below
                 *
                 * @default "top"
                 */
                side?: 'top' | 'bottom';
                /** Radius of the inner edge of the capitals */
                radius?: number | string;
                /** Instead of radius: rise of the arc over the width of the box */
                sag?: number | string;
                /**
                 * Bend the letters themselves along the curve. auto: only joined scripts (Arabic, Devanagari …), which would tear
                 *
                 * @default "auto"
                 */
                bend?: 'auto' | 'never' | 'always';
              }
            | {
                kind: 'circle';
                /** @default "top" */
                side?: 'top' | 'bottom';
                /** Radius of the inner edge of the capitals about the middle of the box; default: the largest that fits */
                radius?: number | string;
                /**
                 * Where the middle of the text sits, degrees clockwise from the side
                 *
                 * @default 0
                 */
                angle?: number;
                /**
                 * Bend the letters themselves along the curve. auto: only joined scripts (Arabic, Devanagari …), which would tear
                 *
                 * @default "auto"
                 */
                bend?: 'auto' | 'never' | 'always';
              }
            | {
                kind: 'wave';
                /**
                 * Height of a crest above the middle; negative starts with a trough
                 *
                 * @default 4
                 */
                amplitude?: number | string;
                /**
                 * Whole waves over the width of the box
                 *
                 * @default 1
                 */
                waves?: number;
                /** Where along the curve the text is anchored, 0 to 1; default: as align says */
                along?: number;
                /**
                 * Bend the letters themselves along the curve. auto: only joined scripts (Arabic, Devanagari …), which would tear
                 *
                 * @default "auto"
                 */
                bend?: 'auto' | 'never' | 'always';
              }
            | {
                kind: 'path';
                /** SVG path data in mm from the corner of the box; the first sub-path carries the text */
                d: string;
                /** Where along the curve the text is anchored, 0 to 1; default: as align says */
                along?: number;
                /**
                 * Lifts the baseline off the path
                 *
                 * @default 0
                 */
                offset?: number | string;
                /**
                 * Bend the letters themselves along the curve. auto: only joined scripts (Arabic, Devanagari …), which would tear
                 *
                 * @default "auto"
                 */
                bend?: 'auto' | 'never' | 'always';
              }
            | {
                kind: 'vertical';
                /**
                 * How letters that are not upright in vertical lines stand
                 *
                 * @default "sideways"
                 */
                latin?: 'sideways' | 'stacked';
                /** @default "right-to-left" */
                columns?: 'right-to-left' | 'left-to-right';
              }
            | {
                kind: 'envelope';
                shape: 'arch' | 'vertical-arch' | 'bulge' | 'flag' | 'perspective';
                /**
                 * Strength; negative turns the shape the other way
                 *
                 * @default 0.4
                 */
                amount?: number;
                /**
                 * Fill the whole box; false keeps the proportions of the letters
                 *
                 * @default true
                 */
                stretch?: boolean;
              };
          /**
           * A gradient runs over the whole box
           *
           * @default "#000000"
           */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              }
            | {
                linear: {
                  /**
                   * Degrees clockwise; 0 runs left to right across the box
                   *
                   * @default 0
                   */
                  angle?: number;
                  stops: {
                    offset: number;
                    colour: components['schemas']['Colour'];
                    /** @default 1 */
                    opacity?: number;
                  }[];
                };
              }
            | {
                radial: {
                  /** @default 0.5 */
                  x?: number;
                  /** @default 0.5 */
                  y?: number;
                  /** @default 0.5 */
                  radius?: number;
                  stops: {
                    offset: number;
                    colour: components['schemas']['Colour'];
                    /** @default 1 */
                    opacity?: number;
                  }[];
                };
              };
          /** From the letter outwards; outside widths add up */
          outlines?: components['schemas']['TextOutline'][];
          /**
           * Unite overlapping letters into one outline, for cutting and engraving; outlined text is always welded
           *
           * @default false
           */
          weld?: boolean;
          shadow?: components['schemas']['TextShadow'];
        }
      | {
          type: 'image';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** A path beside the spec, or a data: URL */
          source: string;
          /** @default "cover" */
          fit?: 'cover' | 'contain' | 'stretch';
          /** The point of the picture that stays in sight when it is cropped: 0,0 top left, 1,1 bottom right */
          focus?: {
            /** @default 0.5 */
            x?: number;
            /** @default 0.5 */
            y?: number;
          };
          /** Part of the picture to use, as fractions of its upright size */
          crop?: {
            x: number;
            y: number;
            width: number;
            height: number;
          };
          /**
           * Quarter turn of the picture in its frame
           *
           * @default 0
           */
          turn?: 0 | 90 | 180 | 270;
          adjust?: components['schemas']['ImageAdjustment'][];
          mask?: components['schemas']['ImageMask'];
          /** @default "smooth" */
          interpolation?: 'smooth' | 'nearest';
        }
      | {
          type: 'svg';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** A path beside the spec, or a data: URL */
          source: string;
          /** @default "contain" */
          fit?: 'contain' | 'cover' | 'stretch';
          /** Replaces colours of the drawing, exact matches only */
          recolour?: Record<string, components['schemas']['Colour']>;
        }
      | {
          type: 'shape';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          shape: components['schemas']['Outline'];
          fill?: components['schemas']['Paint'];
          stroke?: components['schemas']['Stroke'];
        }
      | {
          type: 'code';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          symbology: 'qr' | 'data-matrix' | 'ean-13' | 'ean-8' | 'upc-a' | 'code-128';
          value: string;
          /**
           * QR error correction
           *
           * @default "M"
           */
          level?: 'L' | 'M' | 'Q' | 'H';
          colour?: components['schemas']['Colour'];
          background?: components['schemas']['Colour'];
          /**
           * Keep the clear space readers need inside the box
           *
           * @default true
           */
          quietZone?: boolean;
          /**
           * Print the digits below EAN, UPC and Code 128
           *
           * @default false
           */
          caption?: boolean;
        }
      | {
          type: 'stitches';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** A DST, PES, PEC, JEF, EXP, VP3 or XXX file: a path beside the spec, an upload, an address or a data: URL. It is sewn stitch by stitch as it is */
          source: string;
          /** Only where neither the bytes nor the ending of the name say it: EXP in a data: URL */
          format?: 'dst' | 'pes' | 'pec' | 'jef' | 'exp' | 'vp3' | 'xxx';
          /** Threads in the order of sewing: colours, or ids of the palette of the method. Left out, or too few: as the file says */
          threads?: (
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              }
            | string
          )[];
          /**
           * 1 is true size; stitches come apart or together by it, so 0.9 to 1.1
           *
           * @default 1
           */
          scale?: number;
        }
      | {
          type: 'collage';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          layout:
            | {
                kind: 'grid';
                columns: number;
                rows: number;
              }
            | {
                kind: 'rows';
                /** Relative widths of the photos, row by row */
                rows: number[][];
                /** Relative heights of the rows */
                heights?: number[];
              }
            | {
                kind: 'free';
                /** Frames as fractions of the box, in paint order */
                frames: {
                  x: number;
                  y: number;
                  width: number;
                  height: number;
                  /** @default 0 */
                  rotation?: number;
                }[];
              };
          photos: {
            /** A path beside the spec, or a data: URL */
            source: string;
            /** @default "cover" */
            fit?: 'cover' | 'contain' | 'stretch';
            /** The point of the picture that stays in sight when it is cropped: 0,0 top left, 1,1 bottom right */
            focus?: {
              /** @default 0.5 */
              x?: number;
              /** @default 0.5 */
              y?: number;
            };
            /** Part of the picture to use, as fractions of its upright size */
            crop?: {
              x: number;
              y: number;
              width: number;
              height: number;
            };
            /**
             * Quarter turn of the picture in its frame
             *
             * @default 0
             */
            turn?: 0 | 90 | 180 | 270;
            adjust?: components['schemas']['ImageAdjustment'][];
          }[];
          gutter?: components['schemas']['Margin'];
          margin?: components['schemas']['Margin'];
          /**
           * Corner radius of every frame
           *
           * @default 0
           */
          radius?: number | string;
          background?: components['schemas']['Paint'];
          /** Drawn inside every frame */
          border?: {
            paint: components['schemas']['Paint'];
            width: components['schemas']['Size'];
            /** @default "butt" */
            cap?: 'butt' | 'round' | 'square';
            /** @default "miter" */
            join?: 'miter' | 'round' | 'bevel';
            /** Lengths of dashes and gaps in turn */
            dash?: components['schemas']['Margin'][];
          };
        }
      | {
          type: 'group';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** Their boxes refer to this group’s box */
          layers: components['schemas']['Layer'][];
          clip?: components['schemas']['Outline'];
        }
      | {
          type: 'pattern';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** One tile; boxes refer to the tile. With "scatter" every layer is a motif of its own */
          layers: components['schemas']['Layer'][];
          tile: {
            width: components['schemas']['Size'];
            height: components['schemas']['Size'];
          };
          /**
           * Clear space between tiles
           *
           * @default 0
           */
          gap?: number | string;
          /** @default "grid" */
          arrangement?: 'grid' | 'brick' | 'half-drop' | 'mirror' | 'rotated' | 'scatter';
          /**
           * Turns the whole lattice, degrees clockwise
           *
           * @default 0
           */
          angle?: number;
          /**
           * Adjusts the tile so that a whole number fits and the edges meet when repeated
           *
           * @default false
           */
          seamless?: boolean;
          /** How the motifs of a "scatter" are strewn; "gap" is the least room between them */
          scatter?: {
            /**
             * The same number gives the same places, on every machine
             *
             * @default 1
             */
            seed?: number;
            /**
             * Smallest and largest copy, as a part of the size the motif has
             *
             * @default [0.8,1.15]
             */
            size?: [number, number];
            /**
             * Copies are turned by at most so many degrees either way
             *
             * @default 25
             */
            turn?: number;
            /** Copies of each motif in a tile at most, in the order of the layers */
            most?: number[];
          };
          clip?: components['schemas']['Outline'];
        }
      | {
          type: 'monogram';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** The initials, in the order first, middle, last: "AMS"; full stops and spaces are left out */
          letters: string;
          /**
           * three: the middle letter larger; circle: letters bent to fill a disc; interlocking: woven through one another
           *
           * @default "three"
           */
          style?: 'single' | 'two' | 'three' | 'circle' | 'interlocking' | 'stacked';
          /**
           * traditional: the last name stands in the middle, so "AMS" of Ann Mary Smith becomes A S M
           *
           * @default "given"
           */
          order?: 'given' | 'traditional';
          /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
          font: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /**
           * The main colour
           *
           * @default "#000000"
           */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Colour of the larger letter; default: fill */
          emphasis?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Colour of frame, separators and vines; default: fill */
          accent?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** @default "none" */
          separator?: 'none' | 'dot' | 'diamond' | 'heart';
          /** @default "none" */
          frame?: 'none' | 'round' | 'square' | 'diamond' | 'laurel' | 'shield';
          /** Width of the line of the frame; default: a fiftieth of its size */
          line?: number | string;
          /**
           * A second, thinner line inside the frame
           *
           * @default false
           */
          double?: boolean;
          /**
           * Tendrils with leaves at both sides of the letters
           *
           * @default false
           */
          vines?: boolean;
          /**
           * Clear space between letters, as a part of their height
           *
           * @default 0.06
           */
          gap?: number;
          /**
           * How many times as high the larger letter is
           *
           * @default 1.55
           */
          middle?: number;
        }
      | {
          type: 'name-number';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** @default "" */
          name?: string;
          /**
           * Kept as it is written: "00" is not "0"
           *
           * @default ""
           */
          number?: string;
          /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
          font: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /** Default: font */
          numberFont?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /**
           * Sizes are held to this rule book; what is outside it is a finding
           *
           * @default "none"
           */
          rules?:
            | 'none'
            | 'fifa-football'
            | 'uefa-football'
            | 'nfhs-football'
            | 'nfhs-basketball'
            | 'ncaa-basketball'
            | 'nfhs-baseball'
            | 'nfhs-soccer'
            | 'nfhs-field-hockey'
            | 'fiba-basketball'
            | 'handball'
            | 'ice-hockey';
          /**
           * Which part of the rules applies
           *
           * @default "back"
           */
          side?: 'back' | 'front';
          /**
           * Height of the capitals of the name, borders not counted
           *
           * @default 60
           */
          nameHeight?: number | string;
          /**
           * Height of the digits, borders not counted
           *
           * @default 250
           */
          numberHeight?: number | string;
          /**
           * Clear space between name and number, borders not counted
           *
           * @default 40
           */
          gap?: number | string;
          arch?: {
            /**
             * radial: letters turn along a circle; vertical: they stay upright
             *
             * @default "radial"
             */
            kind?: 'radial' | 'vertical';
            /**
             * Rise of the arch over the width of the name
             *
             * @default 25
             */
            sag?: number | string;
          };
          /**
           * How narrow a long name may be made, per cent of its natural width
           *
           * @default 70
           */
          condense?: number;
          /**
           * Between letters of the name, as a part of their height
           *
           * @default 0.1
           */
          letterSpacing?: number;
          /**
           * Between digits, as a part of their height
           *
           * @default 0.08
           */
          digitSpacing?: number;
          /** Thickens strokes by this much a side */
          embolden?: {
            name?: components['schemas']['Margin'];
            number?: components['schemas']['Margin'];
          };
          /**
           * The main colour
           *
           * @default "#000000"
           */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Default: fill */
          nameFill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Borders of the number, from the digits outwards */
          outlines?: {
            width: components['schemas']['Size'];
            colour: components['schemas']['Colour'];
          }[];
          /** Borders of the name */
          nameOutlines?: {
            width: components['schemas']['Size'];
            colour: components['schemas']['Colour'];
          }[];
        }
      | {
          type: 'calendar';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          year: number;
          month: number;
          /**
           * Language of the names, and where a week begins: "de", "en-US", "pt-BR"
           *
           * @default "en"
           */
          locale?: string;
          /** Default: as the locale has it */
          weekStart?: 'monday' | 'sunday' | 'saturday';
          /** Instead of the names of the locale */
          names?: {
            month?: string;
            /** From Sunday on */
            days?: string[];
          };
          /** @default "month-year" */
          title?: 'none' | 'month' | 'month-year';
          /**
           * How days of the week are written
           *
           * @default "short"
           */
          days?: 'none' | 'letter' | 'short' | 'long';
          marks?: {
            day: number;
            /** @default "heart" */
            style?: 'ring' | 'disc' | 'heart' | 'square' | 'bold';
            colour?: components['schemas']['Colour'];
          }[];
          /**
           * ISO 8601 weeks before the first day; of a week that begins on Sunday, that of its Thursday
           *
           * @default false
           */
          weekNumbers?: boolean;
          /** @default "plain" */
          grid?: 'plain' | 'lines' | 'boxes';
          /**
           * One font, or a list in order of preference: a character is set in the first font that has it, and in no other
           *
           * @default {"family":"Josefin Sans"}
           */
          font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
          titleFont?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /**
           * The main colour
           *
           * @default "#000000"
           */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Colour of marks and of the title; default: fill */
          accent?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Names of days, week numbers and lines; default: fill */
          muted?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Days of rest as the locale has them: Saturdays and Sundays, in Egypt Fridays and Saturdays; default: fill */
          weekend?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
        }
      | {
          type: 'coordinates';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** Degrees, north positive */
          latitude: number;
          /** Degrees, east positive */
          longitude: number;
          /**
           * dms: 48° 51′ 24″ N; dm: 48° 51.4′ N; decimal: 48.8566° N
           *
           * @default "dms"
           */
          format?: 'dms' | 'dm' | 'decimal';
          /** Default: 0 of seconds, 3 of minutes, 4 of degrees */
          decimals?: number;
          /**
           * Letters of the sides of the world and the decimal mark
           *
           * @default "en"
           */
          locale?: string;
          /** Instead of the letters of the locale */
          letters?: {
            north?: string;
            south?: string;
            east?: string;
            west?: string;
          };
          /** @default "two" */
          lines?: 'one' | 'two';
          /** @default "" */
          place?: string;
          /** @default "" */
          date?: string;
          /**
           * One font, or a list in order of preference: a character is set in the first font that has it, and in no other
           *
           * @default {"family":"Josefin Sans","weight":700}
           */
          font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
          placeFont?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /** @default "rule" */
          ornament?: 'none' | 'rule' | 'heart' | 'pin' | 'compass';
          /**
           * The main colour
           *
           * @default "#000000"
           */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** The second colour; default: the main one */
          accent?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
        }
      | {
          type: 'song-player';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          title: string;
          /** @default "" */
          artist?: string;
          /**
           * "3:48", or seconds
           *
           * @default "1:31"
           */
          elapsed?: string | number;
          /**
           * "3:48", or seconds
           *
           * @default "3:48"
           */
          length?: string | number;
          /** A picture; without one, a record is drawn */
          cover?: string;
          /** The point of the cover that stays in sight */
          focus?: {
            /** @default 0.5 */
            x?: number;
            /** @default 0.5 */
            y?: number;
          };
          /** Part of the cover to use, as fractions of its upright size */
          crop?: {
            x: number;
            y: number;
            width: number;
            height: number;
          };
          /**
           * Quarter turn of the cover in its frame
           *
           * @default 0
           */
          turn?: 0 | 90 | 180 | 270;
          /** What a QR code beside the player holds: a link */
          code?: string;
          /**
           * card: cover above; wide: cover at the left; bar: without cover
           *
           * @default "card"
           */
          layout?: 'card' | 'wide' | 'bar';
          /**
           * none: no ground, main colour throughout: for one-colour methods
           *
           * @default "light"
           */
          theme?: 'light' | 'dark' | 'none';
          /**
           * One font, or a list in order of preference: a character is set in the first font that has it, and in no other
           *
           * @default {"family":"Montserrat","weight":700}
           */
          font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /**
           * One font, or a list in order of preference: a character is set in the first font that has it, and in no other
           *
           * @default {"family":"Montserrat"}
           */
          artistFont?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /** @default true */
          heart?: boolean;
          /** @default true */
          controls?: boolean;
          /** Lettering and buttons; default: by the theme */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          muted?: components['schemas']['Colour'];
          /** Progress and heart */
          accent?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          ground?: components['schemas']['Colour'];
        }
      | {
          type: 'word-cloud';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** With weights, or in order of importance; or one text, a line or a comma for each word, where words that come again weigh more */
          words:
            | (
                | string
                | {
                    text: string;
                    /** @default 1 */
                    weight?: number;
                    colour?: components['schemas']['Colour'];
                  }
              )[]
            | string;
          /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
          font: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          shape?: components['schemas']['Outline'];
          /**
           * In turn
           *
           * @default ["#000000"]
           */
          colours?: components['schemas']['Colour'][];
          /**
           * Degrees clockwise; the first is the usual one
           *
           * @default [0,-90]
           */
          angles?: number[];
          /**
           * Part of the words that takes another angle than the first
           *
           * @default 0.3
           */
          turned?: number;
          /** @default 1 */
          seed?: number;
          /**
           * Smallest size of type
           *
           * @default 2.5
           */
          minSize?: number | string;
          /** Largest size of type; default: what fills the shape */
          maxSize?: number | string;
          /**
           * Clear space between words, at least
           *
           * @default 0.8
           */
          gap?: number | string;
          /**
           * Repeats words in small sizes where there is room left
           *
           * @default false
           */
          fillUp?: boolean;
        }
      | {
          type: 'list';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /** Labels with their values; or one text with a line for each, the value after its last comma, bar or tab */
          items:
            | (
                | string
                | {
                    label: string;
                    /** @default "" */
                    value?: string;
                  }
              )[]
            | string;
          /** @default "" */
          title?: string;
          /** @default "dots" */
          leader?: 'none' | 'dots' | 'line';
          /** @default 1 */
          columns?: number;
          /**
           * spread: label left, value right; centre: both in the middle of the line
           *
           * @default "spread"
           */
          arrange?: 'spread' | 'centre';
          /**
           * One font, or a list in order of preference: a character is set in the first font that has it, and in no other
           *
           * @default {"family":"Oswald"}
           */
          font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
          titleFont?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /**
           * The main colour
           *
           * @default "#000000"
           */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Colour of title and values; default: fill */
          accent?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /**
           * Smallest size of type; below it: finding
           *
           * @default 2
           */
          minSize?: number | string;
          maxSize?: components['schemas']['Size'];
          /**
           * Distance of lines, times the size
           *
           * @default 1.5
           */
          leading?: number;
        }
      | {
          type: 'signature';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          /**
           * Set in the font; or draw it with strokes
           *
           * @default ""
           */
          name?: string;
          /** Strokes of a pen as points in any unit, y down; smoothed and scaled into the box. Replaces name */
          strokes?: [number, number][][];
          /**
           * Width of the pen for strokes
           *
           * @default 0.8
           */
          pen?: number | string;
          /**
           * One font, or a list in order of preference: a character is set in the first font that has it, and in no other
           *
           * @default {"family":"Sacramento"}
           */
          font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /** @default true */
          rule?: boolean;
          ruleWidth?: components['schemas']['Size'];
          /**
           * Below the rule
           *
           * @default ""
           */
          caption?: string;
          /**
           * One font, or a list in order of preference: a character is set in the first font that has it, and in no other
           *
           * @default {"family":"Josefin Sans"}
           */
          captionFont?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /**
           * The main colour
           *
           * @default "#000000"
           */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
          /** Colour of rule and caption; default: fill */
          accent?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
        }
      | {
          type: 'handwriting';
          /** Your name for the layer; findings repeat it */
          id?: string;
          box?: components['schemas']['Box'];
          /**
           * Degrees clockwise about the middle of the box
           *
           * @default 0
           */
          rotation?: number;
          /** @default "none" */
          flip?: 'none' | 'horizontal' | 'vertical' | 'both';
          /** @default 1 */
          opacity?: number;
          /** @default "normal" */
          blend?:
            | 'normal'
            | 'multiply'
            | 'screen'
            | 'overlay'
            | 'darken'
            | 'lighten'
            | 'color-dodge'
            | 'color-burn'
            | 'hard-light'
            | 'soft-light'
            | 'difference'
            | 'exclusion';
          text: string;
          /**
           * One font, or a list in order of preference: a character is set in the first font that has it, and in no other
           *
           * @default {"family":"Caveat"}
           */
          font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
          /**
           * Adds the bundled colour emoji font at the end of the list of fonts
           *
           * @default true
           */
          emoji?: boolean;
          /** Language of the text: decides letter case, word breaks and letter forms. Never taken from the machine */
          locale?: string;
          /**
           * Reading direction of a paragraph; auto: by its first letter
           *
           * @default "auto"
           */
          direction?: 'auto' | 'ltr' | 'rtl';
          /**
           * Height of the em square, "24pt" or mm
           *
           * @default 10
           */
          size?: number | string;
          fit?: components['schemas']['TextFit'];
          /** @default "center" */
          align?: 'start' | 'center' | 'end' | 'left' | 'right' | 'justify';
          /** @default "middle" */
          valign?: 'top' | 'middle' | 'bottom';
          /**
           * Distance of baselines, times the size
           *
           * @default 1.2
           */
          leading?: number;
          /**
           * Leans all letters, degrees to the right
           *
           * @default 0
           */
          slant?: number;
          /**
           * 0: as neat as the font; 1: written on a bumpy road
           *
           * @default 0.4
           */
          wildness?: number;
          /**
           * How far lines climb over the width of the box
           *
           * @default 0
           */
          drift?: number | string;
          /**
           * Another number writes it another time
           *
           * @default 1
           */
          seed?: number;
          /**
           * The main colour
           *
           * @default "#000000"
           */
          fill?:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              }
            | {
                /** Plate name, exactly as the press or cutter expects it */
                spot: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
                /** What a screen shows for the solid colour */
                alternate:
                  | components['schemas']['HexColour']
                  | {
                      /** Ink amounts in per cent: cyan, magenta, yellow, black */
                      cmyk: [number, number, number, number];
                    };
              }
            | {
                /** A swatch of the palette: "gold" */
                swatch: string;
                /** A palette of the library: "foils"; `platen palettes list` shows them */
                palette: string;
                /**
                 * Per cent of the solid colour
                 *
                 * @default 100
                 */
                tint?: number;
              };
        };
    Box: {
      /**
       * The area x, y and the default size refer to
       *
       * @default "trim"
       */
      within?: 'trim' | 'bleed' | 'safe';
      /** A panel of the placement ("front", "spine"); x and y then count from its corner */
      panel?: string;
      /**
       * Which point of the box x and y name
       *
       * @default "top-left"
       */
      anchor?: 'top-left' | 'top' | 'top-right' | 'left' | 'center' | 'right' | 'bottom-left' | 'bottom' | 'bottom-right';
      /** Default: where the same point of the area is */
      x?: number | string;
      y?: components['schemas']['Length'];
      /** Default: the whole width of the area */
      width?: number | string;
      height?: components['schemas']['Size'];
    };
    /** Expected a length: a number of mm, or text such as "3mm", "0.125in", "12pt", "300px@300dpi" */
    Length: number | string;
    /** Expected a length: a number of mm, or text such as "3mm", "0.125in", "12pt", "300px@300dpi", above zero */
    Size: number | string;
    TextRun: {
      text: string;
      /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
      font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
      /**
       * Times the size of the layer
       *
       * @default 1
       */
      sizeFactor?: number;
      /** Default: the fill of the layer */
      fill?:
        | components['schemas']['HexColour']
        | {
            /** Ink amounts in per cent: cyan, magenta, yellow, black */
            cmyk: [number, number, number, number];
          }
        | {
            /** Plate name, exactly as the press or cutter expects it */
            spot: string;
            /**
             * Per cent of the solid colour
             *
             * @default 100
             */
            tint?: number;
            /** What a screen shows for the solid colour */
            alternate:
              | components['schemas']['HexColour']
              | {
                  /** Ink amounts in per cent: cyan, magenta, yellow, black */
                  cmyk: [number, number, number, number];
                };
          }
        | {
            /** A swatch of the palette: "gold" */
            swatch: string;
            /** A palette of the library: "foils"; `platen palettes list` shows them */
            palette: string;
            /**
             * Per cent of the solid colour
             *
             * @default 100
             */
            tint?: number;
          }
        | {
            linear: {
              /**
               * Degrees clockwise; 0 runs left to right across the box
               *
               * @default 0
               */
              angle?: number;
              stops: {
                offset: number;
                colour: components['schemas']['Colour'];
                /** @default 1 */
                opacity?: number;
              }[];
            };
          }
        | {
            radial: {
              /** @default 0.5 */
              x?: number;
              /** @default 0.5 */
              y?: number;
              /** @default 0.5 */
              radius?: number;
              stops: {
                offset: number;
                colour: components['schemas']['Colour'];
                /** @default 1 */
                opacity?: number;
              }[];
            };
          };
      /** Added to those of the layer */
      features?: Record<string, number>;
      /**
       * Upwards, in ems of the run: 0.35 raises a superscript
       *
       * @default 0
       */
      baselineShift?: number;
      /** In thousandths of an em; default: that of the layer */
      tracking?: number;
      case?: 'none' | 'upper' | 'lower' | 'title';
    };
    FontChoice: {
      /** Family name as in the list of fonts */
      family: string;
      /**
       * 400 regular, 700 bold; sets the wght axis of a variable font
       *
       * @default 400
       */
      weight?: number;
      /** @default false */
      italic?: boolean;
    };
    TextFit: {
      /**
       * fixed: one size, lines break only where the text says; shrink: the largest size up to maxSize at which it fits, same lines; wrap: one size, lines break to the width; wrap-shrink: both
       *
       * @default "fixed"
       */
      mode?: 'fixed' | 'shrink' | 'wrap' | 'wrap-shrink';
      /** Smallest size a shrink may reach; default: a quarter of size. Below it: finding text.overflow */
      minSize?: number | string;
      /** Largest size; default: size. Give more to let short text grow */
      maxSize?: number | string;
      maxLines?: number;
      /**
       * When wrapping: make the lines about equally long
       *
       * @default false
       */
      balance?: boolean;
    };
    TextOutline: {
      width: components['schemas']['Size'];
      /** @default "outside" */
      side?: 'outside' | 'inside' | 'centre';
      colour: components['schemas']['Colour'];
      /** @default "round" */
      join?: 'miter' | 'round' | 'bevel';
    };
    TextShadow: {
      dx?: components['schemas']['Length'];
      dy?: components['schemas']['Length'];
      colour?: components['schemas']['Colour'];
      /** @default 1 */
      opacity?: number;
      /**
       * Makes the shadow this much fatter
       *
       * @default 0
       */
      grow?: number | string;
    };
    ImageAdjustment:
      | {
          kind: 'grey';
        }
      | {
          kind: 'sepia';
          /** @default 1 */
          amount?: number;
        }
      | {
          kind: 'duotone';
          shadow: components['schemas']['HexColour'];
          highlight: components['schemas']['HexColour'];
        }
      | {
          kind: 'tint';
          colour: components['schemas']['HexColour'];
          /** @default 0.5 */
          amount?: number;
        }
      | {
          kind: 'invert';
        }
      | {
          kind: 'remove-white';
        }
      | {
          kind: 'posterise';
          /** @default 4 */
          levels?: number;
        }
      | {
          kind: 'pop-art';
          /**
           * From the darkest parts of the picture to the lightest
           *
           * @default ["#241a3d","#d8325f","#f7a12d","#fff1cf"]
           */
          colours?: components['schemas']['HexColour'][];
        }
      | {
          kind: 'threshold';
          /** @default 0.5 */
          level?: number;
        }
      | {
          kind: 'tone';
          /** @default 0 */
          brightness?: number;
          /** @default 0 */
          contrast?: number;
          /** @default 0 */
          saturation?: number;
          /** @default 1 */
          gamma?: number;
        }
      | {
          kind: 'line-art';
          /** @default 0.5 */
          detail?: number;
        }
      | {
          kind: 'halftone';
          /**
           * Dot pitch as a part of the longer side
           *
           * @default 0.012
           */
          cell?: number;
          /** @default 22.5 */
          angle?: number;
          colour?: components['schemas']['HexColour'];
        }
      | {
          kind: 'pixelate';
          /** @default 0.02 */
          cell?: number;
        }
      | {
          kind: 'vignette';
          /** @default 0.5 */
          amount?: number;
        };
    ImageMask:
      | {
          by: 'shape';
          shape: components['schemas']['Outline'];
          /** Soft edge: from the outline inwards, so wide */
          feather?: number | string;
          /** A rim round the outline, as stickers have; the picture gets smaller, so that the rim lies in the box */
          border?: {
            width: components['schemas']['Size'];
            colour?: components['schemas']['Colour'];
          };
        }
      | {
          by: 'luminance';
          /** A path beside the spec, or a data: URL */
          source: string;
        }
      | {
          by: 'alpha';
          /** A path beside the spec, or a data: URL */
          source: string;
          /** Soft edge: from the outline inwards, so wide */
          feather?: number | string;
          /** A rim round the outline, as stickers have; the picture gets smaller, so that the rim lies in the box */
          border?: {
            width: components['schemas']['Size'];
            colour?: components['schemas']['Colour'];
          };
          /**
           * What is left of the picture fills the box; false: it stays where it is in the picture
           *
           * @default true
           */
          tight?: boolean;
        }
      | {
          by: 'path';
          points?: [number, number][];
          /** SVG path data, 0 to 1 across and down */
          d?: string;
          /** Soft edge: from the outline inwards, so wide */
          feather?: number | string;
          /** A rim round the outline, as stickers have; the picture gets smaller, so that the rim lies in the box */
          border?: {
            width: components['schemas']['Size'];
            colour?: components['schemas']['Colour'];
          };
          /**
           * What is left of the picture fills the box; false: it stays where it is in the picture
           *
           * @default true
           */
          tight?: boolean;
        }
      | {
          by: 'oval';
          /**
           * Middle, from the left
           *
           * @default 0.5
           */
          x?: number;
          /**
           * Middle, from the top
           *
           * @default 0.45
           */
          y?: number;
          /**
           * Of the width of the picture
           *
           * @default 0.5
           */
          width?: number;
          /**
           * Of the height of the picture
           *
           * @default 0.7
           */
          height?: number;
          /**
           * Degrees clockwise, for a head that is tilted
           *
           * @default 0
           */
          turn?: number;
          /**
           * Width of the lower part: 1 is an ellipse
           *
           * @default 0.78
           */
          chin?: number;
          /** Soft edge: from the outline inwards, so wide */
          feather?: number | string;
          /** A rim round the outline, as stickers have; the picture gets smaller, so that the rim lies in the box */
          border?: {
            width: components['schemas']['Size'];
            colour?: components['schemas']['Colour'];
          };
          /**
           * What is left of the picture fills the box; false: it stays where it is in the picture
           *
           * @default true
           */
          tight?: boolean;
        }
      | {
          by: 'background';
          /** Default: the colour along the edges of the picture */
          colour?: string;
          /**
           * How far from the colour of the background still counts as background
           *
           * @default 0.1
           */
          tolerance?: number;
          /**
           * Also takes out background that the subject encloses, such as in a handle
           *
           * @default false
           */
          holes?: boolean;
          /** Soft edge: from the outline inwards, so wide */
          feather?: number | string;
          /** A rim round the outline, as stickers have; the picture gets smaller, so that the rim lies in the box */
          border?: {
            width: components['schemas']['Size'];
            colour?: components['schemas']['Colour'];
          };
          /**
           * What is left of the picture fills the box; false: it stays where it is in the picture
           *
           * @default true
           */
          tight?: boolean;
        }
      | {
          by: 'cut-out';
          /**
           * head: with the hair; face: an egg from forehead to chin
           *
           * @default "subject"
           */
          of?: 'subject' | 'head' | 'face';
          /**
           * When there are several faces
           *
           * @default "largest"
           */
          which?: 'largest' | 'all';
          /** Soft edge: from the outline inwards, so wide */
          feather?: number | string;
          /** A rim round the outline, as stickers have; the picture gets smaller, so that the rim lies in the box */
          border?: {
            width: components['schemas']['Size'];
            colour?: components['schemas']['Colour'];
          };
          /**
           * What is left of the picture fills the box; false: it stays where it is in the picture
           *
           * @default true
           */
          tight?: boolean;
        };
    Outline:
      | {
          kind: 'rect';
          /**
           * Corner radius
           *
           * @default 0
           */
          radius?: number | string;
        }
      | {
          kind: 'ellipse';
        }
      | {
          kind: 'polygon';
          /** @default 6 */
          sides?: number;
          /** @default 0 */
          rotation?: number;
        }
      | {
          kind: 'star';
          /** @default 5 */
          points?: number;
          /**
           * Inner radius as a part of the outer one
           *
           * @default 0.5
           */
          inner?: number;
        }
      | {
          kind: 'heart';
        }
      | {
          kind: 'path';
          /** SVG path data */
          d: string;
          /** x, y, width, height of the path data, stretched onto the box; without it, d is in mm from the box corner */
          viewBox?: [number, number, number, number];
        };
    Paint:
      | components['schemas']['HexColour']
      | {
          /** Ink amounts in per cent: cyan, magenta, yellow, black */
          cmyk: [number, number, number, number];
        }
      | {
          /** Plate name, exactly as the press or cutter expects it */
          spot: string;
          /**
           * Per cent of the solid colour
           *
           * @default 100
           */
          tint?: number;
          /** What a screen shows for the solid colour */
          alternate:
            | components['schemas']['HexColour']
            | {
                /** Ink amounts in per cent: cyan, magenta, yellow, black */
                cmyk: [number, number, number, number];
              };
        }
      | {
          /** A swatch of the palette: "gold" */
          swatch: string;
          /** A palette of the library: "foils"; `platen palettes list` shows them */
          palette: string;
          /**
           * Per cent of the solid colour
           *
           * @default 100
           */
          tint?: number;
        }
      | {
          linear: {
            /**
             * Degrees clockwise; 0 runs left to right across the box
             *
             * @default 0
             */
            angle?: number;
            stops: {
              offset: number;
              colour: components['schemas']['Colour'];
              /** @default 1 */
              opacity?: number;
            }[];
          };
        }
      | {
          radial: {
            /** @default 0.5 */
            x?: number;
            /** @default 0.5 */
            y?: number;
            /** @default 0.5 */
            radius?: number;
            stops: {
              offset: number;
              colour: components['schemas']['Colour'];
              /** @default 1 */
              opacity?: number;
            }[];
          };
        };
    Stroke: {
      paint: components['schemas']['Paint'];
      width: components['schemas']['Size'];
      /** @default "butt" */
      cap?: 'butt' | 'round' | 'square';
      /** @default "miter" */
      join?: 'miter' | 'round' | 'bevel';
      /** Lengths of dashes and gaps in turn */
      dash?: components['schemas']['Margin'][];
    };
    /** Expected a length: a number of mm, or text such as "3mm", "0.125in", "12pt", "300px@300dpi", zero or more */
    Margin: number | string;
    BookStyle: {
      /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
      font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
      size?: components['schemas']['Size'];
      leading?: number;
      fill?: components['schemas']['Paint'];
      tracking?: number;
      /** OpenType features: {"liga": 0} turns ligatures off, {"ss01": 1} turns a set on */
      features?: Record<string, number>;
      axes?: Record<string, number>;
      direction?: 'auto' | 'ltr' | 'rtl';
      case?: 'none' | 'upper' | 'lower' | 'title';
      align?: 'start' | 'center' | 'end' | 'justify';
      /** Of the first line; the paragraph after a heading, a picture or a break has none */
      indent?: number | string;
      /** Clear space above, not at the head of a frame */
      before?: number | string;
      after?: components['schemas']['Margin'];
      /** Whether words may be divided */
      hyphens?: boolean;
      /** Of paragraphs that ask for one */
      dropCap?: {
        /** @default 2 */
        lines?: number;
        /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
        font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
        fill?: components['schemas']['Paint'];
        gap?: components['schemas']['Margin'];
      };
      /** Never the last thing in a frame; headings are so anyway */
      keepNext?: boolean;
      /** All lines in one frame */
      keepTogether?: boolean;
    };
    BookMaster: {
      background?: components['schemas']['Paint'];
      /** On every page of this master, below what the pages hold */
      layers?: components['schemas']['Layer'][];
      /** On its left pages */
      left?: components['schemas']['Layer'][];
      /** On its right pages */
      right?: components['schemas']['Layer'][];
      /** Where text stands, in reading order; default: inside the safe margin */
      frames?: components['schemas']['BookFrame'][];
      /** The number of the page */
      folio?: {
        /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
        font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
        /** Default: three quarters of the body */
        size?: number | string;
        fill?: components['schemas']['Paint'];
        /** @default "outer" */
        align?: 'outer' | 'inner' | 'center';
        /** From the side of the trim; default: as the frame */
        margin?: number | string;
        /**
         * From the lower edge to the baseline
         *
         * @default 12
         */
        bottom?: number | string;
        /** @default "" */
        before?: string;
        /** @default "" */
        after?: string;
      };
      /** A running head */
      head?: {
        /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
        font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
        /** Default: three quarters of the body */
        size?: number | string;
        fill?: components['schemas']['Paint'];
        /** @default "center" */
        align?: 'outer' | 'inner' | 'center';
        margin?: components['schemas']['Margin'];
        /**
         * From the upper edge to the baseline
         *
         * @default 14
         */
        top?: number | string;
        /** @default "" */
        left?: string;
        /** @default "" */
        right?: string;
        /**
         * Pages whose head is the heading in force
         *
         * @default "none"
         */
        chapter?: 'left' | 'right' | 'both' | 'none';
      };
    };
    BookFrame: {
      /** Of a spread: the page that it stands on */
      page?: 'left' | 'right';
      top: components['schemas']['Margin'];
      bottom: components['schemas']['Margin'];
      inner: components['schemas']['Margin'];
      outer: components['schemas']['Margin'];
    };
    BookSection: {
      /** Your name for it; pages of no text can be sections too */
      id?: string;
      /**
       * Side of its first page; a blank page is left before it if need be
       *
       * @default "next"
       */
      start?: 'next' | 'left' | 'right';
      /**
       * Two facing pages as one sheet: layers count from the left one and run across the fold
       *
       * @default false
       */
      spread?: boolean;
      /** Of its first page or spread; default: the master "page" if there is one */
      master?: string;
      /** Master of the pages that its text needs beyond; default: the same */
      nextMaster?: string;
      background?: components['schemas']['Paint'];
      /** On its first page or spread alone */
      layers?: components['schemas']['Layer'][];
      /** Instead of those of the master, on the first page or spread */
      frames?: components['schemas']['BookFrame'][];
      /**
       * Of its text in the frames
       *
       * @default "top"
       */
      valign?: 'top' | 'middle' | 'bottom';
      text?: components['schemas']['BookBlock'][];
      /**
       * Text that does not fit: goes on over more pages, or is an error with how much it is too long
       *
       * @default "pages"
       */
      overflow?: 'pages' | 'report';
      /**
       * How far the type may shrink to avoid that overflow: 0.9 is to nine tenths
       *
       * @default 1
       */
      shrinkTo?: number;
      /**
       * false leaves folio and running head out on its pages
       *
       * @default true
       */
      numbered?: boolean;
    };
    BookBlock:
      | (
          | string
          | (
              | string
              | {
                  text: string;
                  /** @default false */
                  italic?: boolean;
                  /** @default false */
                  bold?: boolean;
                  fill?: components['schemas']['Paint'];
                  /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
                  font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
                }
            )[]
        )
      | {
          type: 'paragraph';
          /** A text, or pieces of it in reading order: ["She said ", {"text": "no", "italic": true}, "."] */
          text:
            | string
            | (
                | string
                | {
                    text: string;
                    /** @default false */
                    italic?: boolean;
                    /** @default false */
                    bold?: boolean;
                    fill?: components['schemas']['Paint'];
                    /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
                    font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
                  }
              )[];
          /** @default "body" */
          style?: string;
          /** @default false */
          dropCap?: boolean;
          /** Whether the first line is indented; default: unless it opens a passage */
          indent?: boolean;
        }
      | {
          type: 'heading';
          /** A text, or pieces of it in reading order: ["She said ", {"text": "no", "italic": true}, "."] */
          text:
            | string
            | (
                | string
                | {
                    text: string;
                    /** @default false */
                    italic?: boolean;
                    /** @default false */
                    bold?: boolean;
                    fill?: components['schemas']['Paint'];
                    /** One font, or a list in order of preference: a character is set in the first font that has it, and in no other */
                    font?: components['schemas']['FontChoice'] | components['schemas']['FontChoice'][];
                  }
              )[];
          /** @default "heading" */
          style?: string;
          /** What running heads say instead; "" for none */
          running?: string;
        }
      | {
          type: 'picture';
          height: components['schemas']['Size'];
          /** Boxes refer to the picture, which is as wide as the frame */
          layers?: components['schemas']['Layer'][];
          before?: components['schemas']['Margin'];
          after?: components['schemas']['Margin'];
        }
      | {
          type: 'space';
          height: components['schemas']['Size'];
        }
      | {
          type: 'break';
        };
    Mockups: {
      /** Views of the product; default: every view that shows a placement of this spec */
      views?: string[];
      /**
       * Width of mockup pictures in pixels
       *
       * @default 1200
       */
      width?: number;
      /** Height in pixels; default: what the width makes of each view */
      height?: number;
      /**
       * With a height. contain: the whole view, its scene continued where there is room; cover: filled, cut around the product
       *
       * @default "contain"
       */
      fit?: 'contain' | 'cover';
      /** The scene behind the product, under the shadows of the view. Default: what each view comes with */
      background?:
        | components['schemas']['HexColour']
        | 'transparent'
        | {
            /** A ground that comes with Platen */
            backdrop: 'paper' | 'mist' | 'sand' | 'blush' | 'sage' | 'sky' | 'spotlight' | 'dusk';
          }
        | {
            linear: {
              /**
               * Degrees clockwise; 0 runs left to right across the box
               *
               * @default 0
               */
              angle?: number;
              stops: {
                offset: number;
                colour: components['schemas']['Colour'];
                /** @default 1 */
                opacity?: number;
              }[];
            };
          }
        | {
            radial: {
              /** @default 0.5 */
              x?: number;
              /** @default 0.5 */
              y?: number;
              /** @default 0.5 */
              radius?: number;
              stops: {
                offset: number;
                colour: components['schemas']['Colour'];
                /** @default 1 */
                opacity?: number;
              }[];
            };
          }
        | {
            /** A picture that fills the scene behind the product, cut evenly where its proportions differ */
            image: string;
            /**
             * How far it is out of focus, per cent of the picture’s longer side
             *
             * @default 0
             */
            blur?: number;
          };
      /** @default "jpeg" */
      format?: 'jpeg' | 'webp' | 'png' | 'avif';
      /**
       * Also make one picture of all views, each with its name
       *
       * @default false
       */
      contactSheet?: boolean;
    };
    JobPage: {
      items: components['schemas']['Job'][];
      /** Address of the next page; null on the last one */
      next: string | null;
    };
    RerenderRequest: {
      options?: {
        /** Make these files alone */
        only?: 'production' | 'preview' | 'mockup';
        /** Make files although findings of severity error stand and without asking for an approval of the texts; the key needs the scope `force` or `admin`, else 403 `auth.scope` */
        force?: boolean;
      };
      /**
       * Interactive jobs go before batch jobs
       *
       * @default "batch"
       */
      lane?: 'interactive' | 'batch';
    };
    PreviewAnswer: {
      /** data: URL */
      image: string;
      widthPx: number | null;
      heightPx: number | null;
      findings: components['schemas']['Finding'][];
    };
    PreviewRequest: {
      spec?: components['schemas']['DesignSpec'];
      /** the id of a design, with */
      design?: string;
      /** By field of the design */
      answers?: Record<string, unknown>;
      /** What the business knows, by the paths the design declares */
      data?: Record<string, unknown>;
      /** Of a design: take what is missing from its first example */
      sample?: boolean;
      /** A mockup view of the product; without it, flat art */
      view?: string;
      /** Whose flat art */
      placement?: string;
      /** @default 800 */
      widthPx?: number;
      /** Of a view */
      heightPx?: number;
      /** Of a view, with a height */
      fit?: 'contain' | 'cover';
    };
    CheckAnswer: {
      /** No finding is an error */
      ok: boolean;
      findings: components['schemas']['Finding'][];
    };
    CheckRequest: {
      spec?: components['schemas']['DesignSpec'];
      /** the id of a design, with */
      design?: string;
      /** By field of the design */
      answers?: Record<string, unknown>;
      /** What the business knows, by the paths the design declares */
      data?: Record<string, unknown>;
    };
    Asset: {
      id: string;
      /** What specs name it by */
      source: string;
      state: 'awaiting' | 'ready';
      name: string | null;
      mediaType: string | null;
      /** sha256, lower-case hex */
      sha256: string | null;
      bytes: number | null;
      /** RFC 3339, UTC */
      createdAt: string;
      /** Where to send the bytes; then complete the upload */
      upload?: {
        method: 'PUT';
        url: string;
        /** To be sent as they are */
        headers: Record<string, string>;
        /** RFC 3339, UTC */
        expiresAt: string;
      };
    };
    AssetRequest: {
      /** Your name for it; never part of an address or key */
      name?: string;
      mediaType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/tiff' | 'image/svg+xml' | 'application/octet-stream';
      bytes: number;
      /** sha256, lower-case hex */
      sha256: string;
    };
    BatchAccepted: {
      id: string;
      accepted: number;
      rejected: number;
      jobs: {
        /** Line, or place in the list, from 1 */
        row: number;
        id: string;
        state: 'queued' | 'running' | 'succeeded' | 'needs_attention' | 'failed' | 'cancelled';
      }[];
      /** Rows that cannot be accepted; the first thousand */
      errors: {
        row: number;
        code: string;
        message: string;
        /** Pointers are into the row */
        errors: {
          pointer?: string;
          message: string;
          hint?: string;
        }[];
      }[];
      /** Of tables: what is accepted and should be looked at; the first thousand */
      warnings: {
        row: number;
        code: string;
        pointer?: string;
        message: string;
        hint?: string;
      }[];
      /** Of tables: columns that were not used */
      notes: string[];
      links: {
        self: string;
        jobs: string;
      };
    };
    BatchRequest: {
      items?: components['schemas']['BatchRow'][];
      table?: components['schemas']['BatchTable'];
      /** Your own names and values, carried untouched */
      metadata?: Record<string, string>;
    };
    BatchTable: {
      /** Of all rows that have no column "design" */
      design?: string;
      /** The table as CSV, or */
      csv?: string;
      /** its rows, each by heading: {"Name": "Okafor", "No.": "00"} */
      rows?: Record<string, string | number | boolean | null>[];
      /** Heading -> what it is: a field, data.…, order.…, variant.…, or - for nothing */
      columns?: Record<string, string>;
      /** What every row has, by the same names: {"sport": "football"} */
      constants?: Record<string, string>;
      /**
       * Rows are the players of a team; a table of numbers without order references is taken for that anyway
       *
       * @default false
       */
      roster?: boolean;
      /** Of the orders: rows with reference and line then are order lines, and made once */
      source?: string;
      options?: {
        /** Make these files alone */
        only?: 'production' | 'preview' | 'mockup';
        /** Make files although findings of severity error stand and without asking for an approval of the texts; the key needs the scope `force` or `admin`, else 403 `auth.scope` */
        force?: boolean;
      };
      /** Told when the job is over, besides the webhooks of the tenant */
      callbackUrl?: string;
    };
    BatchRow: {
      spec?: components['schemas']['DesignSpec'];
      /** the id of a design, with */
      design?: string;
      /** By field of the design */
      answers?: Record<string, unknown>;
      /** What the business knows, by the paths the design declares */
      data?: Record<string, unknown>;
      options?: {
        /** Make these files alone */
        only?: 'production' | 'preview' | 'mockup';
        /** Make files although findings of severity error stand and without asking for an approval of the texts; the key needs the scope `force` or `admin`, else 403 `auth.scope` */
        force?: boolean;
      };
      origin?: components['schemas']['OrderOrigin'];
      /** Your own names and values, carried untouched */
      metadata?: Record<string, string>;
      /** Told when the job is over, besides the webhooks of the tenant */
      callbackUrl?: string;
    };
    BatchChecked: {
      rows: number;
      acceptable: number;
      /** Rows that cannot be accepted; the first thousand */
      errors: {
        row: number;
        code: string;
        message: string;
        /** Pointers are into the row */
        errors: {
          pointer?: string;
          message: string;
          hint?: string;
        }[];
      }[];
      /** Of tables: what is accepted and should be looked at; the first thousand */
      warnings: {
        row: number;
        code: string;
        pointer?: string;
        message: string;
        hint?: string;
      }[];
      /** Of tables: columns that were not used */
      notes: string[];
    };
    Batch: {
      id: string;
      /** RFC 3339, UTC */
      createdAt: string;
      metadata: Record<string, string>;
      total: number;
      byState: {
        queued: number;
        running: number;
        succeeded: number;
        needs_attention: number;
        failed: number;
        cancelled: number;
      };
      /** No job waits or runs */
      isOver: boolean;
      links: {
        self: string;
        jobs: string;
      };
    };
    OrderAnswer: {
      source: string;
      reference: string;
      lines: {
        line: string;
        /** See docs/orders.md */
        outcome: 'accepted' | 'repeated' | 'changed' | 'stopped' | 'too-late' | 'unknown' | 'outdated';
        jobId: string | null;
        state: 'queued' | 'running' | 'succeeded' | 'needs_attention' | 'failed' | 'cancelled' | null;
        /** Address of the job */
        link: string | null;
      }[];
    };
    Order: {
      /**
       * Which shop or system the order is from
       *
       * @default "api"
       */
      source?: string;
      /** Number of the order there */
      reference: string;
      /**
       * Called off: lines that wait are stopped, finished ones are reported
       *
       * @default false
       */
      cancelled?: boolean;
      /** When the order last changed, by the clock of the shop: a message older than the last one seen changes nothing */
      updatedAt?: string;
      /** @default "interactive" */
      lane?: 'interactive' | 'batch';
      callbackUrl?: string;
      metadata?: Record<string, string>;
      /** Business data that designs read: {"customer": {"firstName": "Ana"}, "language": "de"} */
      data?: Record<string, unknown>;
      lines: {
        /** Id of the line in the order: with source and reference it names the line for ever */
        line: string;
        /** @default 1 */
        quantity?: number;
        /** A whole design spec */
        spec?: Record<string, unknown>;
        /** Id of a design, filled with `fields` */
        design?: string;
        fields?: Record<string, string | number | boolean | string[]>;
        /** Business data of this line, before that of the order */
        data?: Record<string, unknown>;
        metadata?: Record<string, string>;
      }[];
    };
    OrderIgnored: {
      /** Why there was nothing to do */
      ignored: string;
    };
    ProductSummary: {
      id: string;
      name: string;
      description: string;
      placements: {
        id: string;
        label: string;
        methods: string[];
      }[];
      views: string[];
    };
    ProductWithViews: {
      $schema?: string;
      /** @default 1 */
      version?: 1;
      id: string;
      name: string;
      /** @default "" */
      description?: string;
      options?: {
        id: string;
        label: string;
        values: {
          id: string;
          label: string;
          /** What the article looks like in this choice */
          colour?: string;
          /** What the article is made of in this choice */
          material?:
            | 'plain'
            | 'heather'
            | 'denim'
            | 'canvas'
            | 'knit'
            | 'mesh'
            | 'leather'
            | 'suede'
            | 'patent'
            | 'croc'
            | 'rubber'
            | 'brushed-metal'
            | 'polished-metal'
            | 'wood'
            | 'ceramic';
        }[];
        default?: string;
      }[];
      /** Parts whose colour or material can be chosen; without them, the parts that the views name and any colour */
      components?: components['schemas']['Component'][];
      placements: {
        id: string;
        label: string;
        /** Trim width; leave out when panels give it */
        width?: number | string;
        height: components['schemas']['Size'];
        /** Other sizes for some variants; the first rule that fits wins */
        sizes?: {
          /** Option id to the values the rule is for */
          when: Record<string, string[]>;
          width: components['schemas']['Size'];
          height: components['schemas']['Size'];
        }[];
        /** Left to right; their widths add up to the trim width */
        panels?: {
          id: string;
          label: string;
          width:
            | components['schemas']['Size']
            | {
                /** Thickness of one page (half a leaf), mm */
                perPage: number;
                /**
                 * Boards, glue and hinge, mm
                 *
                 * @default 0
                 */
                plus?: number | string;
              };
          /**
           * A fold or hinge on its right edge
           *
           * @default true
           */
          fold?: boolean;
        }[];
        bleed?: components['schemas']['Margin'];
        safe?: components['schemas']['Margin'];
        /**
         * Finished outline within the trim box
         *
         * @default {"kind":"rect","radius":0}
         */
        shape?:
          | {
              kind: 'rect';
              /**
               * Corner radius
               *
               * @default 0
               */
              radius?: number | string;
            }
          | {
              kind: 'ellipse';
            }
          | {
              kind: 'polygon';
              /** @default 6 */
              sides?: number;
              /** @default 0 */
              rotation?: number;
            }
          | {
              kind: 'star';
              /** @default 5 */
              points?: number;
              /**
               * Inner radius as a part of the outer one
               *
               * @default 0.5
               */
              inner?: number;
            }
          | {
              kind: 'heart';
            }
          | {
              kind: 'path';
              /** SVG path data */
              d: string;
              /** x, y, width, height of the path data, stretched onto the box; without it, d is in mm from the box corner */
              viewBox?: [number, number, number, number];
            };
        keepOuts?: {
          id: string;
          label: string;
          x: components['schemas']['Length'];
          y: components['schemas']['Length'];
          width: components['schemas']['Size'];
          height: components['schemas']['Size'];
          shape?: components['schemas']['Outline'];
        }[];
        /** Where it is measured from on the article; left out: from its own trim */
        reference?: {
          /** Placements that are measured from one place share its id: their art may not overlap */
          id: string;
          /** As people on the floor read it: "Collar seam, front middle" */
          label: string;
          /** From the left of the trim box, negative beside it; left out: its middle, whatever the size */
          x?: number | string;
          /** From the top of the trim box, negative above it */
          y: number | string;
        };
        /** The placement is a page of a book: it stands as often as the book has pages */
        pages?: {
          min: number;
          max: number;
          /**
           * Page counts are multiples of this: 2 for leaves, 4 for folded sheets
           *
           * @default 2
           */
          multiple?: number;
          /**
           * Lettering keeps this far from the spine, where pages curve away
           *
           * @default 0
           */
          gutter?: number | string;
        };
        /** Decoration methods it takes, each with settings that differ from the method’s own */
        methods: Record<string, Record<string, unknown>>;
      }[];
      /** Placements that belong in one file, page by page (the two sides of a card) */
      documents?: {
        id: string;
        label: string;
        placements: string[];
      }[];
      /** What cannot be ordered together, beside what no floor can do on any article */
      conflicts?: {
        /** At the most one of them is printed */
        placements?: string[];
        /** At the most one of them is used */
        methods?: string[];
        /** Why, as the customer reads it: "Both are sewn in one hoop." */
        reason: string;
      }[];
      views: string[];
    };
    Component: {
      /** As the zones of the views name it: by their id, or by the component they follow */
      id: string;
      label: string;
      /** The colours to choose from. Left out: any colour; empty: its colour cannot be chosen */
      colours?: {
        id: string;
        label: string;
        colour: components['schemas']['HexColour'];
      }[];
      /** The materials to choose from; empty: it stays as pictured */
      materials?: components['schemas']['Material'][];
      /** What the pictures show it made of: choosing that lays nothing on */
      pictured?:
        | 'plain'
        | 'heather'
        | 'denim'
        | 'canvas'
        | 'knit'
        | 'mesh'
        | 'leather'
        | 'suede'
        | 'patent'
        | 'croc'
        | 'rubber'
        | 'brushed-metal'
        | 'polished-metal'
        | 'wood'
        | 'ceramic';
      /** What it looks like when nothing is chosen; left out: as pictured */
      default?: {
        colour?: string;
        material?: components['schemas']['Material'];
      };
    };
    /** What a part is made of: "leather", "denim" */
    Material:
      | 'plain'
      | 'heather'
      | 'denim'
      | 'canvas'
      | 'knit'
      | 'mesh'
      | 'leather'
      | 'suede'
      | 'patent'
      | 'croc'
      | 'rubber'
      | 'brushed-metal'
      | 'polished-metal'
      | 'wood'
      | 'ceramic';
    /** JSON Schema, 2020-12 */
    JsonSchema: Record<string, unknown>;
    MethodSummary: {
      id: string;
      title: string;
      summary: string;
      /** false: named by products, not made yet */
      available: boolean;
    };
    FontFamily: {
      family: string;
      faces: {
        /** One, or the least and the most */
        weight: number | number[];
        italic: boolean;
      }[];
      licence?: string;
      scripts?: string[];
    };
    Palette: {
      id: string;
      name: string;
      kind: string;
      colours: {
        id: string;
        name: string;
        colour: string;
      }[];
    };
    DesignSummary: {
      id: string;
      name: string;
      product: string;
      digest: string;
    };
    Design: {
      id: string;
      name: string;
      product: string;
      digest: string;
      design?: unknown;
    };
    Form: {
      fields: components['schemas']['FormField'][];
    };
    FormField: {
      id: string;
      kind: string;
      label: string;
      help?: string;
      group?: string;
      shown: boolean;
      required: boolean;
      /** The answer as it was understood, or the default */
      value?: unknown;
      options?: {
        id: string;
        label: string;
        colour?: string;
        picture?: string;
        price?: Record<string, unknown>;
        available: boolean;
      }[];
      limits: Record<string, unknown>;
      price?: Record<string, unknown>;
    };
    FormRequest: {
      /** By field of the design */
      answers?: Record<string, unknown>;
      /** What the business knows, by the paths the design declares */
      data?: Record<string, unknown>;
      /** BCP 47; default: that of the data, else of the design */
      language?: string;
    };
    FilledDesign: {
      /** Null while a finding is an error */
      spec: Record<string, unknown> | null;
      findings: components['schemas']['Finding'][];
      /** As they were understood */
      answers: Record<string, unknown>;
      /** Answers that no shown field takes */
      aside: Record<string, unknown>;
      decisions: {
        rule: string;
        chose: string | null;
        set: Record<string, unknown>;
        /** Values the rule looked at */
        looked: Record<string, unknown>;
      }[];
    };
    FillRequest: {
      /** By field of the design */
      answers?: Record<string, unknown>;
      /** What the business knows, by the paths the design declares */
      data?: Record<string, unknown>;
      /** Take what is missing from the first example */
      sample?: boolean;
    };
    Webhook: {
      id: string;
      /** callback: named by a job, hears of that job alone */
      kind: 'subscription' | 'callback';
      url: string;
      description: string;
      events: ('job.succeeded' | 'job.failed' | 'job.needs_attention' | 'job.cancelled' | 'endpoint.disabled')[];
      enabled: boolean;
      disabledReason: string | null;
      /** Since when every attempt has failed */
      failingSince: string | null;
      /** RFC 3339, UTC */
      createdAt: string;
    };
    WebhookWithSecret: {
      id: string;
      /** callback: named by a job, hears of that job alone */
      kind: 'subscription' | 'callback';
      url: string;
      description: string;
      events: ('job.succeeded' | 'job.failed' | 'job.needs_attention' | 'job.cancelled' | 'endpoint.disabled')[];
      enabled: boolean;
      disabledReason: string | null;
      /** Since when every attempt has failed */
      failingSince: string | null;
      /** RFC 3339, UTC */
      createdAt: string;
      /** Signs the messages (Standard Webhooks). Shown this once */
      secret: string;
    };
    WebhookRequest: {
      /** An https: address on the public internet */
      url: string;
      /** @default "" */
      description?: string;
      /** All but job.cancelled unless given */
      events?: ('job.succeeded' | 'job.failed' | 'job.needs_attention' | 'job.cancelled' | 'endpoint.disabled')[];
    };
    WebhookChange: {
      /** An https: address on the public internet */
      url?: string;
      description?: string;
      events?: ('job.succeeded' | 'job.failed' | 'job.needs_attention' | 'job.cancelled' | 'endpoint.disabled')[];
      enabled?: boolean;
    };
    DeliveryPage: {
      items: components['schemas']['Delivery'][];
      /** Address of the next page; null on the last one */
      next: string | null;
    };
    Delivery: {
      id: string;
      /** webhook-id of its messages */
      eventId: string;
      eventType: 'job.succeeded' | 'job.failed' | 'job.needs_attention' | 'job.cancelled' | 'endpoint.disabled';
      jobId: string | null;
      webhookId: string;
      state: 'pending' | 'delivered' | 'failed';
      attempt: number;
      /** RFC 3339, UTC */
      nextAt: string | null;
      /** RFC 3339, UTC */
      createdAt: string;
      attempts: {
        /** RFC 3339, UTC */
        at: string;
        durationMs: number;
        status: number | null;
        error: string | null;
        /** The beginning of the answer */
        excerpt: string;
      }[];
    };
    RecoverRequest: {
      since: string;
    };
    Key: {
      /** The public half */
      keyId: string;
      name: string;
      scopes: ('submit' | 'read' | 'preview' | 'force' | 'admin')[];
      origins: string[];
      /** RFC 3339, UTC */
      createdAt: string;
      /** RFC 3339, UTC */
      expiresAt: string | null;
      /** RFC 3339, UTC */
      revokedAt: string | null;
      /** To the minute */
      lastUsedAt: string | null;
    };
    KeyWithToken: {
      /** The public half */
      keyId: string;
      name: string;
      scopes: ('submit' | 'read' | 'preview' | 'force' | 'admin')[];
      origins: string[];
      /** RFC 3339, UTC */
      createdAt: string;
      /** RFC 3339, UTC */
      expiresAt: string | null;
      /** RFC 3339, UTC */
      revokedAt: string | null;
      /** To the minute */
      lastUsedAt: string | null;
      token: string;
    };
    KeyRequest: {
      name: string;
      scopes: ('submit' | 'read' | 'preview' | 'force' | 'admin')[];
      /** Such as https://shop.example */
      origins?: string[];
      expiresAt?: string;
    };
    Readiness: {
      status: 'ready' | 'not ready';
      checks: {
        name: string;
        ok: boolean;
      }[];
    };
  };
};

type Refusal = { headers: { [name: string]: unknown }; content: { 'application/problem+json': components['schemas']['Problem'] } };
