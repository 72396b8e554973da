import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/drivers/ledger/open-ledger.ts';
import { callbackSuite } from './ledger/callbacks.ts';
import { orderSuite } from './ledger/orders.ts';
import { recordSuite } from './ledger/records.ts';
import { runSuite } from './ledger/run.ts';
import { submitSuite } from './ledger/submit.ts';
import { type FreshPlace, openWorld, submitOne } from './ledger/world.ts';

/** What every ledger must do, whatever it keeps its rows in. */
export const ledgerSuite = (name: string, place: FreshPlace): void => {
  describe(`ledger in ${name}`, () => {
    describe('open', () => {
      it('finds again what was there, and changes no table a second time', async () => {
        const { ledger, again, place: where } = await openWorld(place);
        const { id } = await submitOne(ledger, 'a');
        await ledger.close();
        const reopened = await again();
        expect((await reopened.jobs.get('a', id))?.state).toBe('queued');
        await reopened.ping();
        const third = await openLedger(where);
        expect((await third.jobs.get('a', id))?.id).toBe(id);
        await third.close();
      });

      it('refuses work when it is closed, and may be closed twice', async () => {
        const { ledger } = await openWorld(place);
        await ledger.close();
        await ledger.close();
        const refused = expect.objectContaining({ name: 'Problem', code: 'ledger.unavailable', retry: 'later' });
        await expect(ledger.ping()).rejects.toEqual(refused);
        await expect(submitOne(ledger, 'a')).rejects.toEqual(refused);
      });
    });
    submitSuite(place);
    runSuite(place);
    orderSuite(place);
    callbackSuite(place);
    recordSuite(place);
  });
};
