CREATE TABLE `__new_votes` (
	`show_id` integer NOT NULL,
	`user_id` integer NOT NULL,
	`setlist_song_id` integer NOT NULL,
	`cast_at` integer NOT NULL,
	PRIMARY KEY(`show_id`, `user_id`, `setlist_song_id`),
	FOREIGN KEY (`show_id`,`setlist_song_id`) REFERENCES `setlist_songs`(`show_id`,`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`show_id`,`user_id`) REFERENCES `show_allowances`(`show_id`,`user_id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_votes`("show_id", "user_id", "setlist_song_id", "cast_at") SELECT "show_id", "user_id", "setlist_song_id", "cast_at" FROM `votes`;--> statement-breakpoint
DROP TABLE `votes`;--> statement-breakpoint
ALTER TABLE `__new_votes` RENAME TO `votes`;--> statement-breakpoint
CREATE TABLE `__new_show_allowances` (
	`user_id` integer NOT NULL,
	`show_id` integer NOT NULL,
	`votes` integer DEFAULT 0 NOT NULL,
	`additions` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`show_id`, `user_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`show_id`) REFERENCES `shows`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "show_allowances_votes" CHECK("__new_show_allowances"."votes" BETWEEN 0 AND 10),
	CONSTRAINT "show_allowances_additions" CHECK("__new_show_allowances"."additions" BETWEEN 0 AND 5)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_show_allowances`("user_id", "show_id", "votes", "additions") SELECT "user_id", "show_id", "votes", "additions" FROM `show_allowances`;--> statement-breakpoint
DROP TABLE `show_allowances`;--> statement-breakpoint
ALTER TABLE `__new_show_allowances` RENAME TO `show_allowances`;--> statement-breakpoint
CREATE INDEX `show_allowances_user` ON `show_allowances` (`user_id`,`show_id`);--> statement-breakpoint
CREATE TABLE `__new_day_allowances` (
	`user_id` integer NOT NULL,
	`day` integer NOT NULL,
	`votes` integer NOT NULL,
	PRIMARY KEY(`day`, `user_id`),
	CONSTRAINT "day_allowances_votes" CHECK("__new_day_allowances"."votes" BETWEEN 0 AND 50)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_day_allowances`("user_id", "day", "votes") SELECT "user_id", "day", "votes" FROM `day_allowances`;--> statement-breakpoint
DROP TABLE `day_allowances`;--> statement-breakpoint
ALTER TABLE `__new_day_allowances` RENAME TO `day_allowances`;--> statement-breakpoint
CREATE TABLE `__new_events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`show_id` integer,
	`payload` text NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_events`("seq", "at", "kind", "show_id", "payload") SELECT "seq", "at", "kind", "show_id", "payload" FROM `events`;--> statement-breakpoint
DROP TABLE `events`;--> statement-breakpoint
ALTER TABLE `__new_events` RENAME TO `events`;