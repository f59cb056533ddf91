/** What can be computed, in the words of the screen, and what each asks for. */
export interface Task {
  value: string;
  label: string;
  asks: readonly ('preset' | 'moves' | 'territory' | 'other')[];
  /** Label of the territory that it is about. */
  territory?: string;
  hint: string;
}

export const TASKS: readonly Task[] = [
  {
    value: 'balance',
    label: 'A balanced plan',
    asks: ['preset'],
    hint: '',
  },
  {
    value: 'repair',
    label: 'The best few moves',
    asks: ['moves', 'territory'],
    territory: 'Repair',
    hint: 'Moves of single ZIPs or small groups to a neighbour, each with what it gains.',
  },
  {
    value: 'demand',
    label: 'Demand has changed',
    asks: [],
    hint: 'Brings the plan back to its targets on today’s claims with the fewest changes.',
  },
  { value: 'addRep', label: 'A rep is added', asks: [], hint: 'Suggests the best centre, and who gives what.' },
  {
    value: 'removeRep',
    label: 'A rep leaves for good',
    asks: ['territory'],
    territory: 'Territory that ends',
    hint: 'Neighbours take it over and are balanced again.',
  },
  {
    value: 'leave',
    label: 'A rep is on leave',
    asks: ['territory'],
    territory: 'Territory to cover',
    hint: 'Everybody else keeps all ZIPs; the cover can be taken back as a whole.',
  },
  {
    value: 'merge',
    label: 'Two territories become one',
    asks: ['territory', 'other'],
    territory: 'Territory that stays',
    hint: 'Neighbours are balanced again.',
  },
  {
    value: 'split',
    label: 'One territory becomes two',
    asks: ['territory'],
    territory: 'Territory to split',
    hint: 'The second half gets the best centre; neighbours are balanced again.',
  },
];

export const PRESETS = [
  { label: 'Fewest changes', value: 'fewestChanges' },
  { label: 'Balanced: more may change', value: 'balanced' },
  { label: 'Clean slate: forget today’s lines', value: 'cleanSlate' },
];
