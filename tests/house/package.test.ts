import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayShip } from './licences.ts';
import { nameOf, productionPackages, readInstalled, readLock, readManifest } from './package.ts';
import { ROOT, readText } from './tree.ts';

const manifest = readManifest();
const direct = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.devDependencies };

describe('package.json', () => {
  it('pins every dependency to one exact version', () => {
    const loose = Object.entries(direct).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
    expect(Object.keys(direct).length).toBeGreaterThan(20);
    expect(loose).toEqual([]);
  });

  it('has a lockfile that names the optional packages of every platform', () => {
    const lock = readLock();
    const wanted = [...lock.values()].flatMap((entry) => Object.keys(entry.optionalDependencies));
    expect(wanted.length).toBeGreaterThan(20);
    expect(wanted.filter((name) => !lock.has(`node_modules/${name}`))).toEqual([]);
  });

  it('agrees with the lockfile, and node_modules with both', () => {
    const lock = readLock();
    const root = lock.get('');
    expect(root?.dependencies).toEqual(manifest.dependencies);
    expect(root?.devDependencies).toEqual(manifest.devDependencies);
    expect(root?.optionalDependencies).toEqual(manifest.optionalDependencies);
    for (const [name, version] of Object.entries(direct)) {
      expect(lock.get(`node_modules/${name}`)?.version, name).toBe(version);
      expect(readInstalled(`node_modules/${name}`)?.version, name).toBe(version);
    }
  });
});

describe('what users install', () => {
  const packages = productionPackages();

  it('is seen by these checks', () => {
    expect(packages.length).toBeGreaterThan(Object.keys(manifest.dependencies).length);
    expect(packages.map(([place]) => nameOf(place))).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
  });

  /** Both carry prebuilt binaries and compile only where none fits; they work when scripts are off, which is how npm 12 installs. */
  const SCRIPT_IS_A_FALLBACK = ['node_modules/@photostructure/sqlite', 'node_modules/msgpackr-extract'];

  it('needs no script and no compiler while installing', () => {
    const offenders = packages.filter(([place, entry]) => {
      const scripts = readInstalled(place)?.scripts ?? {};
      const compiles = existsSync(join(ROOT, place, 'binding.gyp'));
      return entry.hasInstallScript || compiles || ['preinstall', 'install', 'postinstall'].some((name) => name in scripts);
    });
    expect(offenders.map(([place]) => place)).toEqual(SCRIPT_IS_A_FALLBACK);
  });

  it('is under licences that may ship with an MIT product', () => {
    const refused = packages.filter(([place, entry]) => {
      const claimed = readInstalled(place)?.license ?? entry.license;
      return typeof claimed !== 'string' || entry.license !== claimed || !mayShip(nameOf(place), claimed);
    });
    expect(refused.map(([place, { license }]) => `${place}: ${license}`)).toEqual([]);
  });

  it('is not let through by a licence check that lets everything through', () => {
    expect(mayShip('x', 'MIT OR GPL-3.0-only')).toBe(true);
    expect(mayShip('x', '(MIT AND Zlib)')).toBe(true);
    expect(mayShip('@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later')).toBe(true);
    for (const licence of [
      'GPL-3.0-only',
      'AGPL-3.0-only',
      'LGPL-3.0-or-later',
      'MIT AND GPL-2.0-only',
      'SEE LICENSE IN LICENSE',
      'UNLICENSED',
      '',
    ]) {
      expect(mayShip('x', licence), licence).toBe(false);
    }
  });
});

describe('docs/decisions/dependencies.md', () => {
  const page = readText('docs/decisions/dependencies.md');
  const rows = new Map(
    [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| ([^|]+) \|/gm)].map(([, name = '', version = '', licence = '']) => [
      name,
      `${version.trim()} ${licence.trim()}`,
    ]),
  );

  it('has a row with version and licence for every dependency, and for nothing else', () => {
    const actual = Object.keys(direct).map((name) => {
      const found = readInstalled(`node_modules/${name}`);
      return [name, `${found?.version} ${found?.license}`] as const;
    });
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(actual));
  });
});
