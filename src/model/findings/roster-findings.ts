import type { FindingSection } from './finding-entry.ts';

export const ROSTER_FINDINGS: FindingSection = {
  title: 'Rosters',
  about: 'From reading the list of a team; a finding names the row of the player. What is wrong in one answer is told as of any answer.',
  entries: [
    {
      code: 'roster.number-twice',
      severities: ['error'],
      when: 'two players of a team have one number',
      mend: 'give one of them another number',
      by: ['answers'],
    },
    {
      code: 'roster.player-twice',
      severities: ['warning'],
      when: 'a player stands in the list twice',
      mend: 'remove one row, or give the other a quantity',
      by: ['answers'],
    },
    {
      code: 'roster.zeros',
      severities: ['error'],
      when: 'a team has both a 0 and a 00 where its rules allow one of them',
      mend: 'give one of them another number',
      by: ['answers'],
    },
    {
      code: 'roster.letters',
      severities: ['error'],
      when: 'the lettering has no outline for a letter of a name',
      mend: 'spell the name with letters that it has, or choose another lettering',
      by: ['answers'],
    },
    {
      code: 'roster.name-missing',
      severities: ['warning'],
      when: 'a player has no name, and most of the others have',
      mend: 'add the name',
      by: ['answers'],
    },
    {
      code: 'roster.quantity',
      severities: ['error'],
      when: 'a quantity is no whole number from 1',
      mend: 'correct the quantity',
      by: ['answers'],
    },
  ],
};
