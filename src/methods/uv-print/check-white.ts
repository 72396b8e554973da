import type { Finding } from '../../model/finding.ts';
import type { Scene } from '../../scene/scene.ts';
import type { CheckFacts } from '../method.ts';
import { artByInk } from './parts.ts';
import type { SettledUvPrint } from './settings.ts';
import { AS_WHITE, awayFromWhite } from './settle-white.ts';

/** CIEDE2000 from white from which on inks look wrong without white under them. */
const NOT_WHITE = 20;

/** Whether the inks stand on the ground they need, and what is asked of plates that are turned off. */
export const checkWhite = (scene: Scene, settings: SettledUvPrint, { articleColour, pointer }: CheckFacts): readonly Finding[] => {
  const away = awayFromWhite(articleColour);
  const { art, varnishArt } = artByInk(scene, settings);
  const at = `${pointer}/settings`;
  const findings: Finding[] = [];
  if (settings.white === 'none' && art.length > 0 && away !== null && away > NOT_WHITE)
    findings.push({
      severity: 'warning',
      code: 'white.missing',
      pointer: at,
      message: 'The article is not white and no white is laid under the inks: colours will look dark and stained.',
      hint: 'Set white to "under-choked".',
      measured: away,
      required: NOT_WHITE,
      unit: 'dE00',
    });
  if (settings.white !== 'none' && away !== null && away < AS_WHITE)
    findings.push({
      severity: 'info',
      code: 'white.needless',
      pointer: at,
      message: 'The article is white: the inks need no white under them.',
      hint: 'Set white to "none" to save a pass, or keep it for a raised look.',
      measured: away,
      required: AS_WHITE,
      unit: 'dE00',
    });
  if (settings.varnish === 'none' && varnishArt.length > 0)
    findings.push({
      severity: 'warning',
      code: 'varnish.unused',
      pointer: varnishArt[0]?.pointer ?? at,
      message: `Art is painted in "${settings.varnishName}", and varnish is turned off: it will be left out.`,
      hint: 'Set varnish to "spot".',
    });
  if (
    settings.white === 'over' &&
    (settings.varnish === 'full' || settings.varnish === 'art' || varnishArt.length > 0) &&
    settings.varnish !== 'none'
  )
    findings.push({
      severity: 'warning',
      code: 'varnish.behind',
      pointer: at,
      message: 'The art is printed from behind a clear article; varnish would lie between the article and the inks, where nobody sees it.',
      hint: 'Set varnish to "none", or varnish the front in a job of its own.',
    });
  return findings;
};
