/** Tables that are only ever added to; an update or delete of a row is an error of ours and is refused. */
const TABLES = ['assignment_log', 'plan_log', 'feedback_step'];

/** Statements that may be repeated at every start. */
export const APPEND_ONLY: readonly string[] = [
  `create or replace function refuse_change() returns trigger language plpgsql as $$
   begin raise exception 'Rows of % are never changed or deleted.', tg_table_name; end $$`,
  ...TABLES.map(
    (table) => `create or replace trigger ${table}_append_only before update or delete on "${table}"
      for each row execute function refuse_change()`,
  ),
];
