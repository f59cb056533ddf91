export type FieldsByRole = Record<string, string[]>;

export interface ClassRule {
  field: string;
  values: string[];
}

/** Where the product's values stand in this org; of several fields the first that is filled counts. */
export interface CrmMapping {
  version: 1;
  account: FieldsByRole;
  user: FieldsByRole;
  classes: Record<string, ClassRule[]>;
}

export interface FieldCandidate {
  field: string;
  label: string;
  type: string;
  confidence: 'high' | 'medium' | 'low';
  reason: string;
  rowsRead: number | null;
  filled: number | null;
  values: { value: string; count: number }[];
}

export interface MappingProblem {
  role: string;
  field: string;
  code: string;
  message: string;
  action: string;
}

export interface FieldMapping {
  state: 'guessed' | 'confirmed';
  mapping: CrmMapping;
  saved: CrmMapping | null;
  savedByName: string | null;
  savedAt: string | null;
  problems: MappingProblem[];
  guess: {
    mapping: CrmMapping;
    account: Record<string, FieldCandidate[]>;
    user: Record<string, FieldCandidate[]>;
    classes: { name: string; rule: ClassRule; reason: string }[];
  };
}
