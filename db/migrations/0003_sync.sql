CREATE TABLE `albums` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`artist_id` integer NOT NULL,
	`provider` text NOT NULL,
	`provider_id` text NOT NULL,
	`title` text NOT NULL,
	`kind` text NOT NULL,
	`released_on` text,
	`url` text,
	`image_url` text,
	`tracks_read` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `albums_provider_id` ON `albums` (`provider`,`provider_id`,`artist_id`);--> statement-breakpoint
CREATE INDEX `albums_artist` ON `albums` (`artist_id`,`released_on`);--> statement-breakpoint
CREATE TABLE `song_aliases` (
	`artist_id` integer NOT NULL,
	`alias_key` text NOT NULL,
	`song_id` integer NOT NULL,
	PRIMARY KEY(`artist_id`, `alias_key`, `song_id`),
	FOREIGN KEY (`song_id`) REFERENCES `songs`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `song_aliases_song` ON `song_aliases` (`song_id`);--> statement-breakpoint
CREATE TABLE `song_variants` (
	`artist_id` integer NOT NULL,
	`provider` text NOT NULL,
	`provider_id` text NOT NULL,
	`song_id` integer NOT NULL,
	`title` text NOT NULL,
	`title_key` text NOT NULL,
	`kind` text NOT NULL,
	`live` integer NOT NULL,
	`video` integer NOT NULL,
	`work_id` text,
	`album_id` text,
	`isrc` text,
	`duration_ms` integer,
	`released_on` text,
	`note` text,
	`url` text,
	PRIMARY KEY(`artist_id`, `provider`, `provider_id`),
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`song_id`) REFERENCES `songs`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `song_variants_song` ON `song_variants` (`song_id`);--> statement-breakpoint
CREATE INDEX `song_variants_work` ON `song_variants` (`artist_id`,`work_id`) WHERE "song_variants"."work_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `song_variants_key` ON `song_variants` (`artist_id`,`title_key`);--> statement-breakpoint
CREATE TABLE `billed_artists` (
	`show_id` integer NOT NULL,
	`position` integer NOT NULL,
	`name` text NOT NULL,
	`provider` text NOT NULL,
	`provider_id` text NOT NULL,
	PRIMARY KEY(`show_id`, `position`),
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `show_trends` (
	`show_id` integer PRIMARY KEY NOT NULL,
	`votes` integer NOT NULL,
	`rate` real NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `show_trends_rate` ON `show_trends` (`rate`);--> statement-breakpoint
CREATE TABLE `artist_identities` (
	`provider` text NOT NULL,
	`provider_id` text NOT NULL,
	`confidence` real NOT NULL,
	`status` text NOT NULL,
	`evidence` text NOT NULL,
	`url` text,
	`digest` text,
	`artist_id` integer NOT NULL,
	`image_url` text,
	PRIMARY KEY(`provider`, `provider_id`),
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "artist_identities_confidence" CHECK("artist_identities"."confidence" BETWEEN 0 AND 1)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `artist_identities_artist` ON `artist_identities` (`artist_id`);--> statement-breakpoint
CREATE TABLE `show_identities` (
	`provider` text NOT NULL,
	`provider_id` text NOT NULL,
	`confidence` real NOT NULL,
	`status` text NOT NULL,
	`evidence` text NOT NULL,
	`url` text,
	`digest` text,
	`artist_id` integer NOT NULL,
	`show_id` integer,
	`ticket_url` text,
	PRIMARY KEY(`provider`, `provider_id`, `artist_id`),
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "show_identities_confidence" CHECK("show_identities"."confidence" BETWEEN 0 AND 1)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `show_identities_show` ON `show_identities` (`show_id`);--> statement-breakpoint
CREATE INDEX `show_identities_artist` ON `show_identities` (`artist_id`,`provider`);--> statement-breakpoint
CREATE TABLE `venue_identities` (
	`provider` text NOT NULL,
	`provider_id` text NOT NULL,
	`confidence` real NOT NULL,
	`status` text NOT NULL,
	`evidence` text NOT NULL,
	`url` text,
	`digest` text,
	`venue_id` integer NOT NULL,
	PRIMARY KEY(`provider`, `provider_id`),
	FOREIGN KEY (`venue_id`) REFERENCES `venues`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "venue_identities_confidence" CHECK("venue_identities"."confidence" BETWEEN 0 AND 1)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `venue_identities_venue` ON `venue_identities` (`venue_id`);--> statement-breakpoint
CREATE TABLE `actual_setlists` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`show_id` integer NOT NULL,
	`provider` text NOT NULL,
	`provider_id` text NOT NULL,
	`version` text NOT NULL,
	`url` text NOT NULL,
	`note` text,
	`edited_at` integer,
	`stored_at` integer NOT NULL,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `actual_setlists_provider_id` ON `actual_setlists` (`provider`,`provider_id`);--> statement-breakpoint
CREATE INDEX `actual_setlists_show` ON `actual_setlists` (`show_id`);--> statement-breakpoint
CREATE TABLE `actual_sets` (
	`setlist_id` integer NOT NULL,
	`number` integer NOT NULL,
	`name` text,
	`encore` integer,
	PRIMARY KEY(`setlist_id`, `number`),
	FOREIGN KEY (`setlist_id`) REFERENCES `actual_setlists`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `played_songs` (
	`setlist_id` integer NOT NULL,
	`position` integer NOT NULL,
	`set_number` integer NOT NULL,
	`title` text NOT NULL,
	`title_key` text NOT NULL,
	`song_id` integer,
	`cover_of` text,
	`cover_of_id` text,
	`guest` text,
	`tape` integer NOT NULL,
	`note` text,
	PRIMARY KEY(`setlist_id`, `position`),
	FOREIGN KEY (`setlist_id`) REFERENCES `actual_setlists`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`song_id`) REFERENCES `songs`(`id`) ON UPDATE no action ON DELETE set null
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `played_songs_song` ON `played_songs` (`song_id`);--> statement-breakpoint
CREATE TABLE `job_days` (
	`day` text NOT NULL,
	`name` text NOT NULL,
	`result` text NOT NULL,
	`runs` integer NOT NULL,
	`total_ms` integer NOT NULL,
	`longest_ms` integer NOT NULL,
	`peak_bytes` integer,
	PRIMARY KEY(`day`, `name`, `result`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `job_runs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`job_id` integer NOT NULL,
	`name` text NOT NULL,
	`started_at` integer NOT NULL,
	`duration_ms` integer NOT NULL,
	`result` text NOT NULL,
	`peak_bytes` integer,
	`error` text
);
--> statement-breakpoint
CREATE INDEX `job_runs_name` ON `job_runs` (`name`,`started_at`);--> statement-breakpoint
CREATE INDEX `job_runs_job` ON `job_runs` (`job_id`);--> statement-breakpoint
CREATE INDEX `job_runs_started` ON `job_runs` (`started_at`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`key` text NOT NULL,
	`payload` text NOT NULL,
	`lane` text NOT NULL,
	`priority` integer NOT NULL,
	`state` text NOT NULL,
	`run_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`delays` integer DEFAULT 0 NOT NULL,
	`claim` integer DEFAULT 0 NOT NULL,
	`owner` text,
	`lease_until` integer,
	`cursor` text,
	`error` text,
	`requested_by` integer,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "jobs_state" CHECK("jobs"."state" IN ('queued', 'running', 'done', 'failed', 'cancelled'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_live_key` ON `jobs` (`name`,`key`) WHERE "jobs"."state" IN ('queued', 'running');--> statement-breakpoint
CREATE INDEX `jobs_queued` ON `jobs` (`lane`,`priority`,`run_at`) WHERE "jobs"."state" = 'queued';--> statement-breakpoint
CREATE INDEX `jobs_running` ON `jobs` (`lease_until`) WHERE "jobs"."state" = 'running';--> statement-breakpoint
CREATE INDEX `jobs_state` ON `jobs` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_finished` ON `jobs` (`finished_at`) WHERE "jobs"."finished_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_requested_by` ON `jobs` (`requested_by`) WHERE "jobs"."requested_by" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `schedule_ticks` (
	`name` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `due_times` (
	`kind` text NOT NULL,
	`id` integer NOT NULL,
	`due_at` integer NOT NULL,
	`checked_at` integer,
	`unchanged` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`kind`, `id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `due_times_due` ON `due_times` (`kind`,`due_at`);--> statement-breakpoint
CREATE TABLE `import_askers` (
	`user_id` integer NOT NULL,
	`import_id` integer NOT NULL,
	PRIMARY KEY(`user_id`, `import_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `import_askers_import` ON `import_askers` (`import_id`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`job_id` integer NOT NULL,
	`name` text NOT NULL,
	`artist_id` integer,
	`requested_by` integer,
	`phase` text NOT NULL,
	`phase_started_at` integer NOT NULL,
	`counts` text NOT NULL,
	`problem` text,
	`created_at` integer NOT NULL,
	`finished_at` integer,
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_job` ON `imports` (`job_id`);--> statement-breakpoint
CREATE INDEX `imports_phase` ON `imports` (`phase`,`id`);--> statement-breakpoint
CREATE INDEX `imports_artist` ON `imports` (`artist_id`);--> statement-breakpoint
CREATE INDEX `imports_requested_by` ON `imports` (`requested_by`,`id`);--> statement-breakpoint
CREATE TABLE `list_marks` (
	`artist_id` integer NOT NULL,
	`provider` text NOT NULL,
	`list` text NOT NULL,
	`total` integer,
	`digest` text,
	`walked_at` integer NOT NULL,
	PRIMARY KEY(`artist_id`, `provider`, `list`),
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `provider_answers` (
	`key` text PRIMARY KEY NOT NULL,
	`status` integer NOT NULL,
	`digest` text NOT NULL,
	`body` text,
	`etag` text,
	`last_modified` text,
	`checked_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `provider_answers_checked` ON `provider_answers` (`checked_at`);--> statement-breakpoint
CREATE TABLE `provider_days` (
	`provider` text NOT NULL,
	`day` text NOT NULL,
	`requests` integer NOT NULL,
	PRIMARY KEY(`provider`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `traffic_hours` (
	`at` integer PRIMARY KEY NOT NULL,
	`requests` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `__new_shows` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`artist_id` integer NOT NULL,
	`venue_id` integer NOT NULL,
	`tour` text,
	`local_date` text NOT NULL,
	`starts_at` integer,
	`status` text DEFAULT 'upcoming' NOT NULL,
	`tally_version` integer DEFAULT 0 NOT NULL,
	`total_votes` integer DEFAULT 0 NOT NULL,
	`demo` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`venue_id`) REFERENCES `venues`(`id`) ON UPDATE no action ON DELETE restrict,
	CONSTRAINT "shows_status" CHECK("__new_shows"."status" IN ('upcoming', 'ongoing', 'completed', 'cancelled', 'postponed')),
	CONSTRAINT "shows_total_votes" CHECK("__new_shows"."total_votes" >= 0),
	CONSTRAINT "shows_local_date" CHECK("__new_shows"."local_date" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
INSERT INTO `__new_shows`("id", "slug", "artist_id", "venue_id", "tour", "local_date", "starts_at", "status", "tally_version", "total_votes", "demo") SELECT "id", "slug", "artist_id", "venue_id", "tour", "local_date", "starts_at", "status", "tally_version", "total_votes", "demo" FROM `shows`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_shows';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_shows', seq FROM sqlite_sequence WHERE name = 'shows';--> statement-breakpoint
DROP TABLE `shows`;--> statement-breakpoint
ALTER TABLE `__new_shows` RENAME TO `shows`;--> statement-breakpoint
CREATE UNIQUE INDEX `shows_slug_unique` ON `shows` (`slug`);--> statement-breakpoint
CREATE INDEX `shows_artist_date` ON `shows` (`artist_id`,`local_date`);--> statement-breakpoint
CREATE INDEX `shows_venue_date` ON `shows` (`venue_id`,`local_date`);--> statement-breakpoint
CREATE INDEX `shows_date` ON `shows` (`local_date`);--> statement-breakpoint
CREATE INDEX `shows_status_date` ON `shows` (`status`,`local_date`);--> statement-breakpoint
CREATE TABLE `__new_artists` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`genre` text,
	`country` text,
	`disambiguation` text,
	`demo` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_artists`("id", "slug", "name", "search_name", "genre", "country", "demo") SELECT "id", "slug", "name", "search_name", "genre", "country", "demo" FROM `artists`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_artists';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_artists', seq FROM sqlite_sequence WHERE name = 'artists';--> statement-breakpoint
DROP TABLE `artists`;--> statement-breakpoint
ALTER TABLE `__new_artists` RENAME TO `artists`;--> statement-breakpoint
CREATE UNIQUE INDEX `artists_slug_unique` ON `artists` (`slug`);--> statement-breakpoint
CREATE INDEX `artists_name` ON `artists` (`name`);--> statement-breakpoint
CREATE INDEX `artists_search_name` ON `artists` (`search_name`);--> statement-breakpoint
CREATE INDEX `artists_genre` ON `artists` (`genre`,`name`);--> statement-breakpoint
CREATE TABLE `__new_venues` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`city` text,
	`region` text,
	`country` text,
	`latitude` real,
	`longitude` real,
	`capacity` integer,
	`time_zone` text NOT NULL,
	`demo` integer DEFAULT false NOT NULL,
	CONSTRAINT "venues_latitude" CHECK("__new_venues"."latitude" BETWEEN -90 AND 90),
	CONSTRAINT "venues_longitude" CHECK("__new_venues"."longitude" BETWEEN -180 AND 180)
);
--> statement-breakpoint
INSERT INTO `__new_venues`("id", "slug", "name", "city", "country", "latitude", "longitude", "capacity", "time_zone", "demo") SELECT "id", "slug", "name", "city", "country", "latitude", "longitude", "capacity", "time_zone", "demo" FROM `venues`;--> statement-breakpoint
DELETE FROM sqlite_sequence WHERE name = '__new_venues';--> statement-breakpoint
INSERT INTO sqlite_sequence (name, seq) SELECT '__new_venues', seq FROM sqlite_sequence WHERE name = 'venues';--> statement-breakpoint
DROP TABLE `venues`;--> statement-breakpoint
ALTER TABLE `__new_venues` RENAME TO `venues`;--> statement-breakpoint
CREATE UNIQUE INDEX `venues_slug_unique` ON `venues` (`slug`);--> statement-breakpoint
ALTER TABLE `songs` ADD `title_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
UPDATE `songs` SET `title_key` = `search_title`;--> statement-breakpoint
ALTER TABLE `songs` ADD `ballot_worthy` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `songs` ADD `ballot_reason` text DEFAULT 'song' NOT NULL;--> statement-breakpoint
ALTER TABLE `songs` ADD `released_on` text;--> statement-breakpoint
CREATE INDEX `songs_artist_key` ON `songs` (`artist_id`,`title_key`);