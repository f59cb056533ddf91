CREATE TABLE "alignment_edit" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"alignment_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"moves" jsonb NOT NULL,
	"overrides" jsonb NOT NULL,
	"note" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alignment" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" text NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"stage" text DEFAULT 'draft' NOT NULL,
	"version" integer NOT NULL,
	"geography_key" text NOT NULL,
	"territories" jsonb NOT NULL,
	"owners" jsonb NOT NULL,
	"overrides" jsonb NOT NULL,
	"locked_units" jsonb NOT NULL,
	"locked_territories" jsonb NOT NULL,
	"parameters" jsonb,
	"is_frozen" boolean DEFAULT false NOT NULL,
	"based_on" uuid,
	"created_by" text NOT NULL,
	"created_by_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alignment_state" CHECK ("alignment"."state" in ('draft', 'live', 'archived')),
	CONSTRAINT "alignment_stage" CHECK ("alignment"."stage" in ('draft', 'review', 'announced', 'approved', 'scheduled'))
);
--> statement-breakpoint
CREATE TABLE "proposal" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"alignment_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"request" jsonb NOT NULL,
	"state" text NOT NULL,
	"error" jsonb,
	"result" jsonb,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_cursor" (
	"org_id" text PRIMARY KEY NOT NULL,
	"read_until" timestamp with time zone NOT NULL,
	"seen" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_run" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" text NOT NULL,
	"trigger" text NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"alignment_id" text,
	"alignment_name" text,
	"alignment_version" integer,
	"request" jsonb,
	"counts" jsonb,
	"api_calls" integer DEFAULT 0 NOT NULL,
	"publish_id" uuid,
	"reason" text,
	"action" text,
	"fuse" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"preview_hash" text,
	"by_name" text,
	"is_approved" boolean DEFAULT false NOT NULL,
	"notified" jsonb DEFAULT '[]'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_settings" (
	"team_id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"webhook_secret" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_state" (
	"team_id" text PRIMARY KEY NOT NULL,
	"schedule_seen_at" timestamp with time zone NOT NULL,
	"nightly_seen_at" timestamp with time zone NOT NULL,
	"claims_seen" text,
	"pending_trigger" text,
	"pending_accounts" jsonb
);
--> statement-breakpoint
CREATE TABLE "feedback" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text DEFAULT 'feedback' NOT NULL,
	"team_id" text NOT NULL,
	"territory_id" text NOT NULL,
	"territory_name" text NOT NULL,
	"account_id" text,
	"account_name" text,
	"zips" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"to_territory_id" text,
	"to_territory_name" text,
	"reason" text NOT NULL,
	"text" text NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"asked_id" text,
	"asked_name" text,
	"decision" text,
	"decided_by_id" text,
	"decided_by_name" text,
	"decided_at" timestamp with time zone,
	"draft_id" uuid,
	"is_moved" boolean DEFAULT false NOT NULL,
	CONSTRAINT "feedback_state" CHECK ("feedback"."state" in ('open', 'accepted', 'declined'))
);
--> statement-breakpoint
CREATE TABLE "feedback_rule" (
	"team_id" text PRIMARY KEY NOT NULL,
	"accept_under_usd" double precision,
	"to_ops_from_usd" double precision,
	"due_days" integer NOT NULL,
	"version" integer NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feedback_step" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"feedback_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"what" text NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"territory_id" text,
	"territory_name" text,
	"note" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "insight_alert" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" text NOT NULL,
	"rules" jsonb NOT NULL,
	"by_name" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"told_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "insight_picture" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" text NOT NULL,
	"alignment_id" uuid NOT NULL,
	"plan_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"content_hash" text NOT NULL,
	"points" jsonb NOT NULL,
	"state" text
);
--> statement-breakpoint
CREATE TABLE "crm_mapping" (
	"org_id" text PRIMARY KEY NOT NULL,
	"mapping" jsonb NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "introduction" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"publish_id" uuid NOT NULL,
	"team_id" text NOT NULL,
	"account_id" text NOT NULL,
	"account_name" text NOT NULL,
	"from_name" text,
	"to_name" text,
	"user_id" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"due_on" text NOT NULL,
	"task_id" text,
	"problem" text,
	"is_done" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "plan_approval" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"alignment_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"territory_ids" jsonb,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "plan_cover" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" text NOT NULL,
	"alignment_id" uuid NOT NULL,
	"former_id" uuid,
	"proposal_id" uuid NOT NULL,
	"territory_id" text NOT NULL,
	"territory_name" text NOT NULL,
	"rep_name" text,
	"from_on" text NOT NULL,
	"back_on" text NOT NULL,
	"state" text NOT NULL,
	"publish_id" uuid,
	"back_publish_id" uuid,
	"back_alignment_id" uuid,
	"back_run_id" uuid,
	"stayed" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"reason" text,
	"action" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"team_id" text NOT NULL,
	"alignment_id" uuid,
	"plan_name" text NOT NULL,
	"version" integer,
	"what" text NOT NULL,
	"note" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "plan_notice" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" text NOT NULL,
	"alignment_id" uuid NOT NULL,
	"plan_name" text NOT NULL,
	"kind" text NOT NULL,
	"turn" integer DEFAULT 0 NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"state" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"task_id" text,
	"problem" text,
	"at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "plan_schedule" (
	"alignment_id" uuid PRIMARY KEY NOT NULL,
	"team_id" text NOT NULL,
	"effective_on" text NOT NULL,
	"territory_ids" jsonb,
	"expected" jsonb NOT NULL,
	"state" text NOT NULL,
	"run_id" uuid,
	"reason" text,
	"action" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "plan_schedule_state" CHECK ("plan_schedule"."state" in ('waiting', 'running', 'failed', 'done', 'off'))
);
--> statement-breakpoint
CREATE TABLE "plan_settings" (
	"team_id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL,
	"settings" jsonb NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "match_decision" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" text NOT NULL,
	"registry_key" text NOT NULL,
	"verdict" text NOT NULL,
	"by_hand" boolean NOT NULL,
	"note" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by_name" text,
	CONSTRAINT "match_decision_verdict" CHECK ("match_decision"."verdict" in ('accepted', 'rejected'))
);
--> statement-breakpoint
CREATE TABLE "registry_correction" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"registry_key" text NOT NULL,
	"kind" text NOT NULL,
	"factor" double precision NOT NULL,
	"reason" text NOT NULL,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by_id" text,
	"ended_by_name" text,
	"ended_reason" text,
	CONSTRAINT "registry_correction_kind" CHECK ("registry_correction"."kind" in ('volume', 'access')),
	CONSTRAINT "registry_correction_factor" CHECK ("registry_correction"."factor" >= 0 and ("registry_correction"."kind" = 'volume' or "registry_correction"."factor" <= 1))
);
--> statement-breakpoint
CREATE TABLE "assignment_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"account_id" text NOT NULL,
	"account_name" text NOT NULL,
	"team_id" text NOT NULL,
	"what" text NOT NULL,
	"from_id" text,
	"from_name" text,
	"to_id" text,
	"to_name" text,
	"why" text,
	"publish_id" uuid,
	"publish_row_id" bigint,
	"plan_name" text NOT NULL,
	"approved_by" text,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bulk_job" (
	"id" serial PRIMARY KEY NOT NULL,
	"publish_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"crm_job_id" text,
	"is_settled" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publish_row" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"publish_id" uuid NOT NULL,
	"action" text NOT NULL,
	"account_id" text NOT NULL,
	"account_name" text NOT NULL,
	"territory_id" text,
	"territory_name" text,
	"user_id" text,
	"record_id" text,
	"from_id" text,
	"from_name" text,
	"to_id" text,
	"to_name" text,
	"from_territory_id" text,
	"to_territory_id" text,
	"details" jsonb,
	"outcome" text NOT NULL,
	"code" text,
	"message" text,
	"advice" text,
	"job_id" integer,
	"tries" integer DEFAULT 0 NOT NULL,
	"taken_back_by" uuid,
	"at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "publish" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"origin" text DEFAULT 'person' NOT NULL,
	"team_id" text NOT NULL,
	"alignment_id" text NOT NULL,
	"alignment_name" text NOT NULL,
	"alignment_version" integer NOT NULL,
	"state" text NOT NULL,
	"phase" text NOT NULL,
	"options" jsonb NOT NULL,
	"is_part_only" boolean NOT NULL,
	"previous_alignment_id" text,
	"takes_back" uuid,
	"approved_by" text,
	"cancelled_by" text,
	"api_calls" integer DEFAULT 0 NOT NULL,
	"error" jsonb,
	"verified" jsonb,
	"by_id" text NOT NULL,
	"by_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "row_ledger" (
	"record_id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"team_id" text NOT NULL,
	"account_id" text NOT NULL,
	"territory_id" text NOT NULL,
	"user_id" text,
	"source" text NOT NULL,
	"publish_id" uuid,
	"by_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "alignment_edit" ADD CONSTRAINT "alignment_edit_alignment_id_alignment_id_fk" FOREIGN KEY ("alignment_id") REFERENCES "public"."alignment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_alignment_id_alignment_id_fk" FOREIGN KEY ("alignment_id") REFERENCES "public"."alignment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "feedback_step" ADD CONSTRAINT "feedback_step_feedback_id_feedback_id_fk" FOREIGN KEY ("feedback_id") REFERENCES "public"."feedback"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_job" ADD CONSTRAINT "bulk_job_publish_id_publish_id_fk" FOREIGN KEY ("publish_id") REFERENCES "public"."publish"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publish_row" ADD CONSTRAINT "publish_row_publish_id_publish_id_fk" FOREIGN KEY ("publish_id") REFERENCES "public"."publish"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alignment_edit_version" ON "alignment_edit" USING btree ("alignment_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "alignment_one_live" ON "alignment" USING btree ("team_id") WHERE state = 'live';--> statement-breakpoint
CREATE INDEX "proposal_alignment" ON "proposal" USING btree ("alignment_id");--> statement-breakpoint
CREATE INDEX "sync_run_team" ON "sync_run" USING btree ("team_id","started_at");--> statement-breakpoint
CREATE INDEX "feedback_team" ON "feedback" USING btree ("team_id","state");--> statement-breakpoint
CREATE INDEX "feedback_by" ON "feedback" USING btree ("by_id");--> statement-breakpoint
CREATE UNIQUE INDEX "feedback_one_open" ON "feedback" USING btree ("by_id","territory_id",coalesce(account_id, ''),md5(zips::text)) WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "feedback_step_of" ON "feedback_step" USING btree ("feedback_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "insight_alert_team" ON "insight_alert" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "insight_picture_team" ON "insight_picture" USING btree ("team_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "introduction_once" ON "introduction" USING btree ("publish_id","account_id","user_id");--> statement-breakpoint
CREATE INDEX "plan_approval_plan" ON "plan_approval" USING btree ("alignment_id");--> statement-breakpoint
CREATE INDEX "plan_cover_team" ON "plan_cover" USING btree ("team_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_cover_plan" ON "plan_cover" USING btree ("alignment_id");--> statement-breakpoint
CREATE INDEX "plan_log_plan" ON "plan_log" USING btree ("alignment_id","id");--> statement-breakpoint
CREATE INDEX "plan_log_team" ON "plan_log" USING btree ("team_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "plan_notice_once" ON "plan_notice" USING btree ("alignment_id","kind","turn","user_id");--> statement-breakpoint
CREATE INDEX "plan_notice_state" ON "plan_notice" USING btree ("state");--> statement-breakpoint
CREATE INDEX "plan_schedule_state" ON "plan_schedule" USING btree ("state");--> statement-breakpoint
CREATE INDEX "match_decision_account" ON "match_decision" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "match_decision_one_accepted" ON "match_decision" USING btree ("account_id") WHERE verdict = 'accepted' and ended_at is null;--> statement-breakpoint
CREATE INDEX "registry_correction_key" ON "registry_correction" USING btree ("registry_key");--> statement-breakpoint
CREATE UNIQUE INDEX "registry_correction_one" ON "registry_correction" USING btree ("registry_key","kind") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "assignment_log_account" ON "assignment_log" USING btree ("account_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "assignment_log_row" ON "assignment_log" USING btree ("publish_row_id");--> statement-breakpoint
CREATE INDEX "publish_row_publish" ON "publish_row" USING btree ("publish_id","action","outcome");--> statement-breakpoint
CREATE INDEX "publish_team" ON "publish" USING btree ("team_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "publish_one_running" ON "publish" USING btree ("team_id") WHERE state in ('queued', 'running', 'verifying');--> statement-breakpoint
CREATE INDEX "row_ledger_team" ON "row_ledger" USING btree ("team_id","kind");