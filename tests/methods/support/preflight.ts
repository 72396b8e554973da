import { type DesignSpec, parseDesignSpec } from '../../../src/model/design-spec.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { Resources } from '../../../src/model/resources.ts';
import { check } from '../../../src/produce/check.ts';

export type OnePlacement = {
  readonly product?: string;
  readonly variant?: Readonly<Record<string, string>>;
  readonly placement?: string;
  readonly method?: string;
  readonly settings?: object;
  readonly layers: readonly unknown[];
  readonly more?: object;
  readonly edge?: string;
};

/** A spec of one placement: a poster unless another article is named. */
export const specOf = ({
  product = 'poster-a3',
  variant = {},
  placement = 'front',
  method = 'paper-print',
  ...rest
}: OnePlacement): DesignSpec => {
  const { settings = {}, layers, more = {}, edge = 'strict' } = rest;
  return parseDesignSpec({ product, variant, placements: [{ placement, method, settings, layers, edge }], ...more });
};

/** Preflight of a spec against the bundled products. */
export const preflight = (spec: DesignSpec, resources: Resources): Promise<readonly Finding[]> =>
  check(spec, resources, new AbortController().signal);

export const ofCode = (findings: readonly Finding[], code: string): readonly Finding[] => findings.filter((one) => one.code === code);
