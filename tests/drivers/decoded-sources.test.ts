import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { DecodedSources } from '../../src/drivers/resources/decoded-sources.ts';
import type { LocateSource } from '../../src/drivers/resources/source-bytes.ts';
import { openSandbox } from '../../src/drivers/sandbox/sandbox.ts';

const sandbox = openSandbox();
afterAll(() => sandbox.close());

const png = await sharp({ create: { width: 12, height: 8, channels: 3, background: '#c33' } })
  .png()
  .toBuffer();
const locate: LocateSource = () => ({ fingerprint: async () => null, read: async () => png });

/** The true sandbox behind a gate: decoding begins when the gate is opened, and who knocked is told. */
const gatedSources = () => {
  const { decodeImage } = sandbox;
  let [open, knock] = [() => {}, () => {}];
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const knocked = new Promise<void>((resolve) => {
    knock = resolve;
  });
  let asked = 0;
  const gated: typeof decodeImage = async (bytes, signal, limits) => {
    asked += 1;
    knock();
    await opened;
    return decodeImage(bytes, signal, limits);
  };
  const sources = new DecodedSources({ ...sandbox, decodeImage: gated });
  /** What came of it, in words. */
  const ask = (signal: AbortSignal): Promise<string> =>
    sources.image('photo.png', locate, signal).then(
      ({ widthPx }) => `${widthPx} px`,
      (error: Error) => error.message,
    );
  return { ask, open, knocked, asked: () => asked };
};

const patient = new AbortController().signal;

describe('a picture that two ask for at once', () => {
  it('is decoded once', async () => {
    const { ask, open, knocked, asked } = gatedSources();
    const answers = [ask(patient), ask(patient)];
    await knocked;
    open();
    expect([await Promise.all(answers), asked()]).toEqual([['12 px', '12 px'], 1]);
  });

  it('is not lost to one when the other, for whom it is decoded, gives up', async () => {
    const { ask, open, knocked, asked } = gatedSources();
    const control = new AbortController();
    const answers = [ask(control.signal), ask(patient)];
    await knocked;
    control.abort(new Error('gave up'));
    open();
    expect([await Promise.all(answers), asked()]).toEqual([['gave up', '12 px'], 2]);
  });

  it('is not given to one who gave up while it was decoded for the other', async () => {
    const { ask, open, knocked, asked } = gatedSources();
    const control = new AbortController();
    const answers = [ask(patient), ask(control.signal)];
    await knocked;
    control.abort(new Error('gave up'));
    open();
    expect([await Promise.all(answers), asked()]).toEqual([['12 px', 'gave up'], 1]);
  });
});
