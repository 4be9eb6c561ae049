CREATE TABLE `api_tokens` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`prefix` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_token_hash_unique` ON `api_tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `api_tokens_user` ON `api_tokens` (`user_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`display_name` text NOT NULL,
	`password_hash` text,
	`role` text DEFAULT 'user' NOT NULL,
	`demo` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "users_role" CHECK("users"."role" IN ('user', 'moderator', 'admin'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE INDEX `users_demo` ON `users` (`demo`) WHERE "users"."demo" = 1;--> statement-breakpoint
CREATE TABLE `artists` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`genre` text NOT NULL,
	`country` text NOT NULL,
	`demo` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `artists_slug_unique` ON `artists` (`slug`);--> statement-breakpoint
CREATE INDEX `artists_name` ON `artists` (`name`);--> statement-breakpoint
CREATE INDEX `artists_genre` ON `artists` (`genre`,`name`);--> statement-breakpoint
CREATE TABLE `songs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`artist_id` integer NOT NULL,
	`title` text NOT NULL,
	`search_title` text NOT NULL,
	`likelihood_rank` integer NOT NULL,
	`demo` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`artist_id`) REFERENCES `artists`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `songs_artist_title` ON `songs` (`artist_id`,`title`);--> statement-breakpoint
CREATE INDEX `songs_artist_likelihood` ON `songs` (`artist_id`,`likelihood_rank`);--> statement-breakpoint
CREATE TABLE `venues` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`city` text NOT NULL,
	`country` text NOT NULL,
	`latitude` real NOT NULL,
	`longitude` real NOT NULL,
	`capacity` integer,
	`time_zone` text NOT NULL,
	`demo` integer DEFAULT false NOT NULL,
	CONSTRAINT "venues_latitude" CHECK("venues"."latitude" BETWEEN -90 AND 90),
	CONSTRAINT "venues_longitude" CHECK("venues"."longitude" BETWEEN -180 AND 180)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `venues_slug_unique` ON `venues` (`slug`);--> statement-breakpoint
CREATE TABLE `predicted_setlists` (
	`show_id` integer PRIMARY KEY NOT NULL,
	`closes_at` integer NOT NULL,
	`close_moved` integer DEFAULT false NOT NULL,
	`locked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `setlist_songs` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`show_id` integer NOT NULL,
	`song_id` integer NOT NULL,
	`position` integer NOT NULL,
	`votes` integer DEFAULT 0 NOT NULL,
	`added_by` integer,
	`suggested` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`show_id`) REFERENCES `predicted_setlists`(`show_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`song_id`) REFERENCES `songs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`added_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "setlist_songs_votes" CHECK("setlist_songs"."votes" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `setlist_songs_show_song` ON `setlist_songs` (`show_id`,`song_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `setlist_songs_show_id` ON `setlist_songs` (`show_id`,`id`);--> statement-breakpoint
CREATE INDEX `setlist_songs_song` ON `setlist_songs` (`song_id`);--> statement-breakpoint
CREATE INDEX `setlist_songs_added_by` ON `setlist_songs` (`added_by`) WHERE "setlist_songs"."added_by" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `shows` (
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
	CONSTRAINT "shows_status" CHECK("shows"."status" IN ('upcoming', 'ongoing', 'completed', 'cancelled')),
	CONSTRAINT "shows_total_votes" CHECK("shows"."total_votes" >= 0),
	CONSTRAINT "shows_local_date" CHECK("shows"."local_date" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shows_slug_unique` ON `shows` (`slug`);--> statement-breakpoint
CREATE INDEX `shows_artist_date` ON `shows` (`artist_id`,`local_date`);--> statement-breakpoint
CREATE INDEX `shows_venue_date` ON `shows` (`venue_id`,`local_date`);--> statement-breakpoint
CREATE INDEX `shows_date` ON `shows` (`local_date`);--> statement-breakpoint
CREATE INDEX `shows_status_date` ON `shows` (`status`,`local_date`);--> statement-breakpoint
CREATE TABLE `day_allowances` (
	`user_id` integer NOT NULL,
	`day` integer NOT NULL,
	`votes` integer NOT NULL,
	PRIMARY KEY(`user_id`, `day`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "day_allowances_votes" CHECK("day_allowances"."votes" BETWEEN 0 AND 50)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `show_allowances` (
	`user_id` integer NOT NULL,
	`show_id` integer NOT NULL,
	`votes` integer DEFAULT 0 NOT NULL,
	`additions` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`user_id`, `show_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "show_allowances_votes" CHECK("show_allowances"."votes" BETWEEN 0 AND 10),
	CONSTRAINT "show_allowances_additions" CHECK("show_allowances"."additions" BETWEEN 0 AND 5)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `show_allowances_show` ON `show_allowances` (`show_id`);--> statement-breakpoint
CREATE TABLE `votes` (
	`show_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`setlist_song_id` integer NOT NULL,
	`cast_at` integer NOT NULL,
	PRIMARY KEY(`show_id`, `user_id`, `setlist_song_id`),
	FOREIGN KEY (`show_id`,`setlist_song_id`) REFERENCES `setlist_songs`(`show_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`,`show_id`) REFERENCES `show_allowances`(`user_id`,`show_id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `audit_log` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor_id` integer,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`subject_id` integer NOT NULL,
	`details` text NOT NULL,
	FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `audit_log` (`subject`,`subject_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_log_actor` ON `audit_log` (`actor_id`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`show_id` integer NOT NULL,
	`payload` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `removed_pages` (
	`kind` text NOT NULL,
	`slug` text NOT NULL,
	`removed_at` integer NOT NULL,
	PRIMARY KEY(`kind`, `slug`)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
