/** Words of firms and offices that have a ZIP of their own; the post office files them like towns. */
const FIRM =
  /\b(co|corporate|firms?|contest|natl|assoc|systems|insurance|express|telephone|communications|revenue|bureau|academy life|philip morris|alltel|abmps)\b/i;

/** Whether a ZIP's name is one that people would look for on a map: “Boston”, not “At&t” nor “115 Firms”. */
export function isTown(name: string): boolean {
  return !/[\d&]/.test(name) && /[aeiouy]/i.test(name) && !FIRM.test(name);
}
