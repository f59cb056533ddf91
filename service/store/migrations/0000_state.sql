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
	"version" integer NOT NULL,
	"geography_key" text NOT NULL,
	"territories" jsonb NOT NULL,
	"owners" jsonb NOT NULL,
	"overrides" jsonb NOT NULL,
	"locked_units" jsonb NOT NULL,
	"locked_territories" jsonb NOT NULL,
	"based_on" uuid,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alignment_state" CHECK ("alignment"."state" in ('draft', 'live', 'archived'))
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
ALTER TABLE "alignment_edit" ADD CONSTRAINT "alignment_edit_alignment_id_alignment_id_fk" FOREIGN KEY ("alignment_id") REFERENCES "public"."alignment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_alignment_id_alignment_id_fk" FOREIGN KEY ("alignment_id") REFERENCES "public"."alignment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "alignment_edit_version" ON "alignment_edit" USING btree ("alignment_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "alignment_one_live" ON "alignment" USING btree ("team_id") WHERE state = 'live';--> statement-breakpoint
CREATE INDEX "proposal_alignment" ON "proposal" USING btree ("alignment_id");