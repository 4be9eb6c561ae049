CREATE TABLE `unmatched_titles` (
	`artist_id` integer NOT NULL,
	`title_key` text NOT NULL,
	`title` text NOT NULL,
	`cover_of` text,
	`times` integer NOT NULL,
	`last_played_on` text NOT NULL,
	`suggested_song_id` integer,
	`confidence` real,
	`status` text DEFAULT 'open' NOT NULL,
	`decided_by` integer,
	`decided_at` integer,
	PRIMARY KEY(`artist_id`, `title_key`),
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`suggested_song_id`) REFERENCES `songs`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "unmatched_titles_status_known" CHECK("unmatched_titles"."status" IN ('open', 'not_a_song'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `unmatched_titles_status` ON `unmatched_titles` (`status`,"times" DESC,`artist_id`,`title_key`);--> statement-breakpoint
CREATE INDEX `unmatched_titles_song` ON `unmatched_titles` (`suggested_song_id`) WHERE "unmatched_titles"."suggested_song_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `unmatched_titles_decided_by` ON `unmatched_titles` (`decided_by`) WHERE "unmatched_titles"."decided_by" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `artist_statistics` (
	`artist_id` integer NOT NULL,
	`scope` text NOT NULL,
	`name` text NOT NULL,
	`last_on` text NOT NULL,
	`statistics` text NOT NULL,
	PRIMARY KEY(`artist_id`, `scope`, `name`),
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "artist_statistics_scope" CHECK("artist_statistics"."scope" IN ('all', 'year', 'tour'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `forecasters` (
	`artist_id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`model` integer NOT NULL,
	`shows` integer NOT NULL,
	`digest` text NOT NULL,
	`text` text NOT NULL,
	`learnt_at` integer NOT NULL,
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `forecasts` (
	`show_id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`model` integer NOT NULL,
	`shows` integer NOT NULL,
	`expected_length` integer NOT NULL,
	`made_at` integer NOT NULL,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "forecasts_kind" CHECK("forecasts"."kind" IN ('forecast', 'base'))
);
--> statement-breakpoint
CREATE TABLE `song_chances` (
	`show_id` integer NOT NULL,
	`song_id` integer NOT NULL,
	`played` real NOT NULL,
	`opener` real NOT NULL,
	`closer` real NOT NULL,
	`encore` real NOT NULL,
	`place` integer,
	`reasons` text NOT NULL,
	PRIMARY KEY(`show_id`, `song_id`),
	FOREIGN KEY (`show_id`) REFERENCES `forecasts`(`show_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`song_id`) REFERENCES `songs`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "song_chances_played" CHECK("song_chances"."played" BETWEEN 0 AND 1)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `song_chances_song` ON `song_chances` (`song_id`);--> statement-breakpoint
CREATE TABLE `calls` (
	`show_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`role` text NOT NULL,
	`setlist_song_id` integer NOT NULL,
	`called_at` integer NOT NULL,
	PRIMARY KEY(`show_id`, `user_id`, `role`),
	FOREIGN KEY (`show_id`,`setlist_song_id`) REFERENCES `setlist_songs`(`show_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`show_id`,`user_id`) REFERENCES `show_allowances`(`show_id`,`user_id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "calls_role" CHECK("calls"."role" IN ('opener', 'closer', 'encore'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `calls_setlist_song` ON `calls` (`show_id`,`setlist_song_id`);--> statement-breakpoint
CREATE TABLE `fan_scores` (
	`show_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`votes` integer NOT NULL,
	`hits` integer NOT NULL,
	`points` integer NOT NULL,
	`call_hits` integer NOT NULL,
	`call_points` integer NOT NULL,
	`share` integer,
	`last_vote_at` integer NOT NULL,
	PRIMARY KEY(`show_id`, `user_id`),
	FOREIGN KEY (`show_id`,`user_id`) REFERENCES `show_allowances`(`show_id`,`user_id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `fan_scores_user` ON `fan_scores` (`user_id`,`show_id`);--> statement-breakpoint
CREATE INDEX `fan_scores_rank` ON `fan_scores` (`show_id`,"points" DESC,"hits" DESC,`last_vote_at`,`user_id`);--> statement-breakpoint
CREATE TABLE `show_scores` (
	`show_id` integer PRIMARY KEY NOT NULL,
	`setlist_id` integer NOT NULL,
	`setlist_version` text NOT NULL,
	`played` integer NOT NULL,
	`unknown` integer NOT NULL,
	`fans` integer NOT NULL,
	`possible` integer NOT NULL,
	`ranked` integer NOT NULL,
	`crowd_hits` integer,
	`forecast_hits` integer,
	`last_shows_hits` integer,
	`lists` text NOT NULL,
	`scored_at` integer NOT NULL,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `standings` (
	`board` text NOT NULL,
	`artist_id` integer NOT NULL,
	`name` text NOT NULL,
	`user_id` integer NOT NULL,
	`shows` integer NOT NULL,
	`votes` integer NOT NULL,
	`hits` integer NOT NULL,
	`points` integer NOT NULL,
	`shares` integer NOT NULL,
	`last_vote_at` integer NOT NULL,
	`rating` integer NOT NULL,
	`listed` integer NOT NULL,
	PRIMARY KEY(`artist_id`, `board`, `name`, `user_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `standings_user` ON `standings` (`user_id`);--> statement-breakpoint
CREATE INDEX `standings_order` ON `standings` (`artist_id`,`board`,`name`,"rating" DESC,"points" DESC,"hits" DESC,`last_vote_at`,`user_id`) WHERE "standings"."listed" = 1;--> statement-breakpoint
CREATE TABLE `tally_history` (
	`show_id` integer NOT NULL,
	`at` integer NOT NULL,
	`total` integer NOT NULL,
	`tallies` text NOT NULL,
	PRIMARY KEY(`show_id`, `at`),
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `__new_actual_setlists` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`show_id` integer NOT NULL,
	`provider` text,
	`provider_id` text,
	`version` text NOT NULL,
	`url` text,
	`status` text DEFAULT 'provisional' NOT NULL,
	`recorded_by` integer,
	`note` text,
	`edited_at` integer,
	`stored_at` integer NOT NULL,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`recorded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "actual_setlists_status" CHECK("__new_actual_setlists"."status" IN ('live', 'provisional', 'final')),
	CONSTRAINT "actual_setlists_source" CHECK(("__new_actual_setlists"."provider" IS NULL) = ("__new_actual_setlists"."provider_id" IS NULL))
);
--> statement-breakpoint
INSERT INTO `__new_actual_setlists`("id", "show_id", "provider", "provider_id", "version", "url", "status", "recorded_by", "note", "edited_at", "stored_at") SELECT "id", "show_id", "provider", "provider_id", "version", "url", 'provisional', NULL, "note", "edited_at", "stored_at" FROM `actual_setlists`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_actual_setlists';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_actual_setlists', seq FROM sqlite_sequence WHERE name = 'actual_setlists';--> statement-breakpoint
DROP TABLE `actual_setlists`;--> statement-breakpoint
ALTER TABLE `__new_actual_setlists` RENAME TO `actual_setlists`;--> statement-breakpoint
CREATE UNIQUE INDEX `actual_setlists_provider_id` ON `actual_setlists` (`provider`,`provider_id`);--> statement-breakpoint
CREATE INDEX `actual_setlists_show` ON `actual_setlists` (`show_id`);--> statement-breakpoint
CREATE INDEX `actual_setlists_open` ON `actual_setlists` (`status`) WHERE "actual_setlists"."status" <> 'final';--> statement-breakpoint
CREATE INDEX `actual_setlists_recorded_by` ON `actual_setlists` (`recorded_by`) WHERE "actual_setlists"."recorded_by" IS NOT NULL;--> statement-breakpoint
ALTER TABLE `predicted_setlists` ADD `returned_at` integer;--> statement-breakpoint
ALTER TABLE `setlist_songs` ADD `trend` real DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `played_songs` ADD `segue` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `played_songs` ADD `medley` integer;