import { LightningElement, api } from 'lwc';
import { count, filled } from 'c/bailiwick';
import type { AmongPeers } from 'c/bailiwick';
import { texts } from './texts';

/** One measure as it is shown: its words and how its numbers are written. */
export interface PeerRow extends AmongPeers {
  label: string;
  text: (value: number) => string;
}
/** Room to the right of what is highest, so that nothing sticks to the edge. */
const HEADROOM = 1.15;

/** Own values among those of nameless others: the middle half of them, their average, and the own place. */
export default class PeerRows extends LightningElement {
  readonly texts = texts;
  @api rows: readonly PeerRow[] = [];
  /** Whose the dot is. */
  @api mineLabel = 'yours';

  get shown() {
    return this.rows.map(({ label, text, mine, others, average, low, high, position }) => {
      const most = Math.max(mine, high, average) * HEADROOM || 1;
      const at = (value: number) => `${((100 * Math.max(0, value)) / most).toFixed(1)}%`;
      return {
        key: label,
        label,
        mine: text(mine),
        dot: `left:${at(mine)}`,
        average: `left:${at(average)}`,
        half: `left:${at(low)};width:${at(high - low)}`,
        note: filled(
          texts.numberOfAverageOfTheOthersHalfOf,
          count(position),
          count(others + 1),
          text(average),
          text(low),
          text(high),
        ),
      };
    });
  }
}
