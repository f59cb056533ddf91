import { texts } from './texts';

/** What the user sets: thresholds in %, money in US dollars, a response as a band. */
export interface SizeFields {
  mergeBelow: string;
  overloaded: string;
  margin: string;
  cost: string;
  responseLow: string;
  responseHigh: string;
}

export const DEFAULT_FIELDS: SizeFields = {
  mergeBelow: '90',
  overloaded: '115',
  margin: '',
  cost: '',
  responseLow: '',
  responseHigh: '',
};

/** The query of the service; a problem in words where a field cannot be used. */
export function queryOf(fields: SizeFields): { text: string; problem: string } {
  const { mergeBelow, overloaded, margin, cost, responseLow, responseHigh } = fields;
  const parts: [string, number][] = [
    ['mergeBelow', Number(mergeBelow) / 100],
    ['overloaded', Number(overloaded) / 100],
  ];
  if (parts.some(([, value]) => !(value > 0 && value <= 3)))
    return { text: '', problem: texts.thresholdsLieBetween1And300 };
  const money = [margin, cost, responseLow, responseHigh];
  const given = money.filter((field) => String(field) !== '').length;
  if (given === money.length) {
    if (Number(responseLow) > Number(responseHigh))
      return { text: textOf(parts), problem: texts.theResponseRisesFromLowToHigh };
    parts.push(['margin', Number(margin) / 100], ['cost', Number(cost)]);
    parts.push(['responseLow', Number(responseLow)], ['responseHigh', Number(responseHigh)]);
  }
  const isHalf = given > 0 && given < money.length;
  return { text: textOf(parts), problem: isHalf ? texts.aReturnNeedsMarginCostAndBothEnds : '' };
}

const textOf = (parts: readonly [string, number][]) => parts.map(([name, value]) => `${name}=${value}`).join('&');
