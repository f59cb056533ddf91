/** Tables that are only ever added to; an update or delete of a row is an error of ours and is refused. */
const TABLES = ['assignment_log', 'plan_log'];

/** Set for one transaction in which closed feedback goes with its steps, because a team keeps it no longer. */
export const RETENTION = 'bailiwick.retention';

/** Statements that may be repeated at every start. */
export const APPEND_ONLY: readonly string[] = [
  `create or replace function refuse_change() returns trigger language plpgsql as $$
   begin raise exception 'Rows of % are never changed or deleted.', tg_table_name; end $$`,
  ...TABLES.map(
    (table) => `create or replace trigger ${table}_append_only before update or delete on "${table}"
      for each row execute function refuse_change()`,
  ),
  `create or replace function refuse_unless_retention() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' and current_setting('${RETENTION}', true) = 'on' then return old; end if;
     raise exception 'Rows of % are never changed, and deleted by the rule of their team only.', tg_table_name;
   end $$`,
  `create or replace trigger feedback_step_append_only before update or delete on "feedback_step"
    for each row execute function refuse_unless_retention()`,
];
