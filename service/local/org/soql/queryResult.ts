/** A page of records as /query answers it. */
export interface QueryResult {
  totalSize: number;
  done: boolean;
  records: unknown[];
  nextRecordsUrl?: string;
}
