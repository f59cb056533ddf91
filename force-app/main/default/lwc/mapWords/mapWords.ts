/** What the map draws as words; a bundle of its own, because the map's static resource cannot read labels. */
export { texts as mapWords } from './texts';
