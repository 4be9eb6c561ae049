CREATE TABLE `former_slugs` (
	`kind` text NOT NULL,
	`slug` text NOT NULL,
	`id` integer NOT NULL,
	PRIMARY KEY(`kind`, `slug`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `former_slugs_id` ON `former_slugs` (`kind`,`id`);--> statement-breakpoint
CREATE TABLE `link_files` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`by` integer,
	`started_at` integer NOT NULL,
	FOREIGN KEY (`by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `link_files_by` ON `link_files` (`by`) WHERE "link_files"."by" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `link_lines` (
	`file_id` integer NOT NULL,
	`line` integer NOT NULL,
	`action` text NOT NULL,
	`kind` text NOT NULL,
	`id` integer NOT NULL,
	`provider` text,
	`provider_id` text,
	`into_id` integer,
	PRIMARY KEY(`file_id`, `line`),
	FOREIGN KEY (`file_id`) REFERENCES `link_files`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "link_lines_other_side" CHECK(("link_lines"."action" = 'merge') = ("link_lines"."into_id" IS NOT NULL) AND ("link_lines"."action" = 'merge') = ("link_lines"."provider" IS NULL) AND ("link_lines"."provider" IS NULL) = ("link_lines"."provider_id" IS NULL))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `link_lines_record` ON `link_lines` (`file_id`,`kind`,`provider`,`provider_id`,`id`);--> statement-breakpoint
CREATE INDEX `link_lines_id` ON `link_lines` (`file_id`,`kind`,`id`);--> statement-breakpoint
CREATE TABLE `match_keys` (
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`id` integer NOT NULL,
	PRIMARY KEY(`kind`, `key`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `match_keys_id` ON `match_keys` (`kind`,`id`);--> statement-breakpoint
CREATE TABLE `matches` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`subject_id` integer NOT NULL,
	`other_id` integer,
	`provider` text,
	`provider_id` text,
	`record` text,
	`confidence` real NOT NULL,
	`evidence` text NOT NULL,
	`status` text NOT NULL,
	`found_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` integer,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "matches_other_side" CHECK(("matches"."other_id" IS NULL) = ("matches"."provider" IS NOT NULL) AND ("matches"."provider" IS NULL) = ("matches"."provider_id" IS NULL)),
	CONSTRAINT "matches_order" CHECK("matches"."other_id" IS NULL OR "matches"."subject_id" < "matches"."other_id"),
	CONSTRAINT "matches_confidence" CHECK("matches"."confidence" BETWEEN 0 AND 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `matches_pair` ON `matches` (`kind`,`subject_id`,`other_id`) WHERE "matches"."other_id" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `matches_record` ON `matches` (`kind`,`provider`,`provider_id`,`subject_id`) WHERE "matches"."provider" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `matches_subject` ON `matches` (`kind`,`subject_id`);--> statement-breakpoint
CREATE INDEX `matches_other` ON `matches` (`kind`,`other_id`) WHERE "matches"."other_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `matches_status` ON `matches` (`status`,`kind`,`confidence`,`id`);--> statement-breakpoint
CREATE INDEX `matches_decided` ON `matches` (`status`,`decided_at`);--> statement-breakpoint
CREATE INDEX `matches_decided_by` ON `matches` (`decided_by`) WHERE "matches"."decided_by" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `merge_rows` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`merge_id` integer NOT NULL,
	`table_name` text NOT NULL,
	`what` text NOT NULL,
	`key` text NOT NULL,
	`row` text,
	FOREIGN KEY (`merge_id`) REFERENCES `merges`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `merge_rows_merge` ON `merge_rows` (`merge_id`,`table_name`,`what`);--> statement-breakpoint
CREATE TABLE `merges` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`from_id` integer NOT NULL,
	`into_id` integer NOT NULL,
	`from_name` text NOT NULL,
	`into_name` text NOT NULL,
	`parent_id` integer,
	`at` integer NOT NULL,
	`by` integer,
	`undone_at` integer,
	`undone_by` integer,
	FOREIGN KEY (`by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`undone_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `merges_from` ON `merges` (`kind`,`from_id`);--> statement-breakpoint
CREATE INDEX `merges_into` ON `merges` (`kind`,`into_id`);--> statement-breakpoint
CREATE INDEX `merges_parent` ON `merges` (`parent_id`) WHERE "merges"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `merges_at` ON `merges` (`at`);--> statement-breakpoint
CREATE INDEX `merges_by` ON `merges` (`by`) WHERE "merges"."by" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `merges_undone_by` ON `merges` (`undone_by`) WHERE "merges"."undone_by" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `song_links` (
	`artist_id` integer NOT NULL,
	`title_key` text NOT NULL,
	`into_key` text NOT NULL,
	PRIMARY KEY(`artist_id`, `title_key`),
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "song_links_other" CHECK("song_links"."title_key" <> "song_links"."into_key")
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `song_links_into` ON `song_links` (`artist_id`,`into_key`);--> statement-breakpoint
ALTER TABLE `artist_identities` ADD `record` text;--> statement-breakpoint
ALTER TABLE `venue_identities` ADD `record` text;