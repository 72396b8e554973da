import type { z } from 'zod';
import { dtf } from './dtf/index.ts';
import { dtg } from './dtg/index.ts';
import { embroidery } from './embroidery/index.ts';
import { engraving } from './engraving/index.ts';
import { hotStamp } from './hot-stamp/index.ts';
import type { Method } from './method.ts';
import { paperPrint } from './paper-print/index.ts';
import { screenPrint } from './screen-print/index.ts';
import { sublimation } from './sublimation/index.ts';
import { uvPrint } from './uv-print/index.ts';
import { vinyl } from './vinyl/index.ts';

/**
 * A method whose settings type is hidden: settings go in as unknown data and are parsed at the door, so callers can hold all
 * methods in one list.
 */
export type AnyMethod = Omit<Method, 'settings'> & { readonly settings: z.ZodType };

/** Hides the settings type behind the method's own schema, which proves it again on every call. */
const anyMethod = <S>(method: Method<S>): AnyMethod => ({
  ...method,
  check: (scene, settings, facts) => method.check(scene, method.settings.parse(settings), facts),
  needs: (settings) => method.needs(method.settings.parse(settings)),
  make: (work, context) => method.make({ ...work, settings: method.settings.parse(work.settings) }, context),
  appearance: (scene, settings, request, context) => method.appearance(scene, method.settings.parse(settings), request, context),
});

/** All decoration methods, in the order lists show them. */
export const METHODS: readonly AnyMethod[] = [
  anyMethod(dtg),
  anyMethod(dtf),
  anyMethod(sublimation),
  anyMethod(uvPrint),
  anyMethod(paperPrint),
  anyMethod(screenPrint),
  anyMethod(vinyl),
  anyMethod(engraving),
  anyMethod(hotStamp),
  anyMethod(embroidery),
];

export const findMethod = (id: string): AnyMethod | undefined => METHODS.find((method) => method.id === id);
